// SPDX-License-Identifier: MIT
#include "plots/tables/comparison_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/tables/chance.hpp"
#include "plots/tables/noise_floor.hpp"
#include "plots/tables/text_table.hpp"
#include "plots/tables/verdict.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// Null is "never" only where levels were recorded at all.
std::string divergence_text(const Json& comparison) {
  const Json& first = comparison["first_divergence"];
  if (first.is_null()) return comparison["metrics"]["quantized_weight_agreement"].is_null() ? "undefined" : "never";
  return fmt::format("step {}", first["step"].get<std::int64_t>());
}

/// Of all learners; those that not all have stand where the first that has them has them.
std::vector<std::string> measures_of(const Json& learners) {
  std::vector<std::string> names;
  for (const Json& learner : learners) {
    auto next = names.begin();
    for (const auto& [key, value] : learner.items()) {
      if (value.is_structured()) continue;
      const auto found = std::ranges::find(names, key);
      next = (found == names.end() ? names.insert(next, key) : found) + 1;
    }
  }
  return names;
}

std::string learners_text(const Json& learners) {
  const std::vector<std::string> measures = measures_of(learners);
  std::vector<Row> rows(1, {"learner"});
  rows[0].insert(rows[0].end(), measures.begin(), measures.end());
  for (const auto& [name, learner] : learners.items()) {
    Row& row = rows.emplace_back(1, name);
    for (const std::string& measure : measures)
      row.push_back(learner.contains(measure) ? number_text(learner[measure]) : "");
  }
  return aligned(rows);
}

std::string comparisons_text(const Json& comparisons) {
  Row header{"comparison"}, map{"map"}, first{"first divergence"};
  for (const Json& c : comparisons) {
    header.push_back(fmt::format("{} / {}", c["a"].get<std::string>(), c["b"].get<std::string>()));
    map.push_back(c["map"]);
    first.push_back(divergence_text(c));
  }
  std::vector<Row> rows{header, map, first};
  for (const auto& [metric, unused] : comparisons[0]["metrics"].items()) {
    Row row{metric};
    for (const Json& c : comparisons) row.push_back(number_text(c["metrics"][metric]));
    rows.push_back(row);
  }
  return aligned(rows);
}

/// How far each learner is from the STE that its own gradients drive; empty where that was not recorded.
std::string twins_text(const Json& learners) {
  std::vector<Row> rows{{"driven twin of", "error, bins", "predicted", "unexplained"}};
  for (const auto& [name, learner] : learners.items())
    if (learner.contains("driven_twin")) {
      const Json& twin = learner["driven_twin"];
      rows.push_back(
          {name, number_text(twin["error"]), number_text(twin["predicted"]), number_text(twin["unexplained"])});
    }
  return rows.size() == 1 ? "" : "\n" + aligned(rows);
}

/// Empty where the theorems were not held against the pair.
std::string bounds_text(const Json& comparison) {
  if (!comparison.contains("bounds")) return "";
  const Json& bounds = comparison["bounds"];
  return fmt::format("\n{} / {} bounds: {} checks, {} violations\n", comparison["a"].get<std::string>(),
                     comparison["b"].get<std::string>(), bounds["checked"].get<std::uint64_t>(),
                     bounds["violations"].get<std::uint64_t>());
}

}  // namespace

std::string comparison_table(const Json& summary) {
  std::string text = fmt::format("{}: {} after {} steps\n\n{}", summary["name"].get<std::string>(),
                                 summary["status"].get<std::string>(), summary["steps"].get<std::int64_t>(),
                                 learners_text(summary["learners"]));
  if (!summary["comparisons"].empty()) text += "\n" + comparisons_text(summary["comparisons"]);
  text += twins_text(summary["learners"]);
  if (const auto floors = noise_floor(summary["comparisons"]); !floors.empty())
    text += "\n" + to_text(noise_floor_table(floors));
  for (const Json& comparison : summary["comparisons"]) text += bounds_text(comparison);
  for (const std::string& sentence : verdicts(summary)) text += "\nVerdict: " + sentence + ".\n";
  if (const std::string sentence = chance_sentence(summary); !sentence.empty())
    text += "\nCaution: " + sentence + ".\n";
  return text + "\n";
}

}  // namespace steq

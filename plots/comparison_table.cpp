// SPDX-License-Identifier: MIT
#include "plots/comparison_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "plots/verdict.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;
using Row = std::vector<std::string>;

std::string number_text(const Json& value) {
  if (value.is_null()) return "undefined";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return fmt::format("{}", value.get<std::int64_t>());
  const double x = value.get<double>();
  return x != 0 && std::abs(x) < 1e-3 ? fmt::format("{:.3e}", x) : fmt::format("{:.5g}", x);
}

/// Null is "never" only where levels were recorded at all.
std::string divergence_text(const Json& comparison) {
  const Json& first = comparison["first_divergence"];
  if (first.is_null()) return comparison["metrics"]["quantized_weight_agreement"].is_null() ? "undefined" : "never";
  return fmt::format("step {}", first["step"].get<std::int64_t>());
}

/// First column left, the others right.
std::string aligned(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c == widths.size()) widths.push_back(0);
      widths[c] = std::max(widths[c], row[c].size());
    }
  std::string text;
  for (const Row& row : rows) {
    text += fmt::format("{:<{}}", row[0], widths[0]);
    for (std::size_t c = 1; c < row.size(); ++c) text += fmt::format("  {:>{}}", row[c], widths[c]);
    text += '\n';
  }
  return text;
}

std::string learners_text(const Json& learners) {
  std::vector<Row> rows(1, {"learner"});
  for (const auto& [key, value] : learners.front().items())
    if (!value.is_structured()) rows[0].push_back(key);
  for (const auto& [name, learner] : learners.items()) {
    Row& row = rows.emplace_back(1, name);
    for (const auto& [key, value] : learner.items())
      if (!value.is_structured()) row.push_back(number_text(value));
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
  for (const Json& comparison : summary["comparisons"]) text += bounds_text(comparison);
  for (const std::string& sentence : verdicts(summary)) text += "\nVerdict: " + sentence + ".\n";
  return text + "\n";
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "plots/studies/study_noise_floor.hpp"

#include <algorithm>

#include "plots/studies/study_notes.hpp"
#include "plots/studies/study_values.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// The comparisons of a variant as a summary.json has them, each metric with its values over the seeds.
Json comparisons_by_seed(const Json& study, const std::string& variant) {
  Json comparisons = Json::array();
  std::vector<std::string> seen;
  for (const Json& m : study["measurements"]) {
    const std::string pair = m["of"];
    if (m["variant"] != variant || std::ranges::find(seen, pair) != seen.end()) continue;
    seen.push_back(pair);
    Json by_seed = Json::object();
    for (const auto& [name, value] : m["values"].items()) by_seed[name] = values_of(study, pair, name);
    const bool diverged = !values_of(study, pair, "first_divergence").empty();
    comparisons.push_back({{"a", m["a"]},
                           {"b", m["b"]},
                           {"kind", m["kind"]},
                           {"weights", m.value("weights", Json())},
                           {"metrics", Json::object()},
                           {"by_seed", by_seed},
                           {"first_divergence", diverged ? Json(true) : Json()}});
  }
  return comparisons;
}

}  // namespace

Table study_noise_floor(const Json& study) {
  std::vector<NoiseFloor> all;
  for (const Json& variant : study["variants"]) {
    const std::string name = variant["name"];
    for (NoiseFloor& floor : noise_floor(comparisons_by_seed(study, name))) {
      floor.a = name + ": " + floor.a;
      all.push_back(std::move(floor));
    }
  }
  Table table = noise_floor_table(all);
  std::vector<std::string> pairs;
  for (const Json& m : study["measurements"]) pairs.push_back(m["of"]);
  const std::vector<std::string> notes = notes_on_seeds(study, pairs);
  table.notes.insert(table.notes.begin(), notes.begin(), notes.end());
  return table;
}

}  // namespace steq

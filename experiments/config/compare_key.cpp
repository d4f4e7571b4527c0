// SPDX-License-Identifier: MIT
#include <algorithm>

#include "experiments/config/config_keys.hpp"
#include "experiments/config/like.hpp"

namespace steq {
namespace {

std::string read_name(const ConfigNode& node, const std::vector<std::string>& names) {
  auto name = node.json.get<std::string>();
  if (std::find(names.begin(), names.end(), name) == names.end()) node.report(unknown_learner(name, names));
  return name;
}

std::pair<std::string, std::string> read_pair(const ConfigNode& node, const std::vector<std::string>& names) {
  const Json& json = node.json;
  const bool two = json.is_array() && json.size() == 2 && json[0].is_string() && json[1].is_string();
  if (!two || json[0] == json[1]) return node.refuse("two different learners, as [\"a\", \"b\"]"), std::pair("", "");
  return {read_name(node.at(0), names), read_name(node.at(1), names)};
}

/// After the learners, to whose names it refers.
void read_compare(const ConfigNode& document, ExperimentConfig& config) {
  std::vector<std::string> names;
  for (const LearnerConfig& learner : config.learners) names.push_back(learner.name);
  if (!document.has("compare")) {
    for (std::size_t i = 1; i < names.size(); ++i) config.compare.emplace_back(names[0], names[i]);
    return;
  }
  const ConfigNode node = document.at("compare");
  if (!node.json.is_array()) return node.refuse("an array of pairs, as [[\"a\", \"b\"]]");
  for (std::size_t i = 0; i < node.json.size(); ++i) config.compare.push_back(read_pair(node.at(i), names));
}

void write_compare(const ExperimentConfig& config, Json& document) {
  Json& pairs = document["compare"] = Json::array();
  for (const auto& [a, b] : config.compare) pairs.push_back(Json::array({a, b}));
}

}  // namespace

Key<ExperimentConfig> compare_key() {
  return {.info = {.name = "compare",
                   .meaning = "which learners are compared with which; where missing, the first with every other",
                   .allowed = "an array of pairs, as [[\"a\", \"b\"]]",
                   .aliases = {{"comparisons"}, {"pairs"}}},
          .read = read_compare,
          .write = write_compare};
}

}  // namespace steq

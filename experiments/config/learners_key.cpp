// SPDX-License-Identifier: MIT
#include <algorithm>

#include "experiments/config/chosen_gate.hpp"
#include "experiments/config/config_keys.hpp"
#include "experiments/config/like.hpp"

namespace steq {
namespace {

using Learners = std::vector<WrittenLearner>;

void check_names(const Learners& learners) {
  std::vector<std::string> seen;
  for (const WrittenLearner& learner : learners) {
    const ConfigNode node = learner.node.at("name");
    if (!node.json.is_string()) continue;
    if (std::ranges::find(seen, learner.config.name) != seen.end())
      node.report(
          fmt::format("\"{}\" is the name of an earlier learner; allowed: a name of its own", learner.config.name));
    seen.push_back(learner.config.name);
  }
}

/// A learner may be the equivalent of one that is no equivalent itself.
void check_equivalent(const ConfigNode& node, const LearnerConfig& learner, const ExperimentConfig& config) {
  if (!learner.equivalent_to) return;
  const ConfigNode place = node.has("equivalent_to") ? node.at("equivalent_to") : node.at("like");
  const std::string& name = *learner.equivalent_to;
  std::vector<std::string> names;
  const LearnerConfig* other = nullptr;
  for (const LearnerConfig& candidate : config.learners) {
    names.push_back(candidate.name);
    if (candidate.name == name) other = &candidate;
  }
  if (!other) return place.report(unknown_learner(name, names));
  if (name == learner.name)
    return place.report(fmt::format("\"{}\" is the learner itself; allowed: another learner", name));
  if (other->equivalent_to)
    place.report(fmt::format("\"{}\" is itself equivalent_to \"{}\"; allowed: a learner without equivalent_to", name,
                             *other->equivalent_to));
  for (const KeyInfo* key : differing_keys<LearnerRecipe>(recipe_keys(), learner, *other))
    if (key->name != "estimator")
      place.report(
          fmt::format("\"{0}\" has another {1} than this learner; allowed: the same {1}, as \"like\": \"{0}\" "
                      "gives it",
                      name, key->name));
}

void read_learners(const ConfigNode& document, ExperimentConfig& config) {
  const ConfigNode node = document.at("learners");
  if (!node.json.is_array() || node.json.empty()) return node.refuse("an array of at least one learner");
  Learners written;
  for (std::size_t i = 0; i < node.json.size(); ++i) {
    written.push_back({node.at(i), {}});
    read_table(node.at(i), learner_keys(), written.back().config);
  }
  check_names(written);
  WrittenLearner fallback{document, {}};
  static_cast<LearnerRecipe&>(fallback.config) = config.recipe;
  for (const WrittenLearner& learner : written) {
    config.learners.push_back(follow_like(learner, written, fallback));
    LearnerConfig& last = config.learners.back();
    choose_gate(last.estimator, last.quantizer);
  }
  if (!document.has("optimizer")) config.recipe.optimizer = config.learners.front().optimizer;
  for (std::size_t i = 0; i < written.size(); ++i) check_equivalent(written[i].node, config.learners[i], config);
}

/// Records of all versions say it of each learner.
constexpr const char* kAlwaysWritten = "estimator";

/// Keys of the recipe stand with the learners where these differ in them.
void write_learners(const ExperimentConfig& config, Json& document) {
  Json& learners = document["learners"] = Json::array();
  for (const LearnerConfig& learner : config.learners) learners.push_back(write_table(learner_keys(), learner));
  const Json recipe = write_table(recipe_keys(), config.recipe);
  for (const auto& [key, value] : recipe.items()) {
    const auto as_the_document = [&](const Json& learner) { return learner.at(key) == value; };
    if (key == kAlwaysWritten || !std::ranges::all_of(learners, as_the_document)) continue;
    for (Json& learner : learners) learner.erase(key);
  }
}

}  // namespace

Key<ExperimentConfig> learners_key() {
  return {.info = {.name = "learners",
                   .meaning = "networks trained in lockstep on the same batches, each by its own recipe",
                   .allowed = "an array of at least one learner",
                   .required = true,
                   .keys = infos(learner_keys())},
          .read = read_learners,
          .write = write_learners};
}

std::string refused_name(const std::string& name) {
  const auto alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const auto good = [&](char c) { return alphanumeric(c) || c == '.' || c == '_' || c == '-'; };
  if (!name.empty() && alphanumeric(name[0]) && std::all_of(name.begin(), name.end(), good)) return "";
  return fmt::format("{} is not allowed; allowed: letters, digits, '.', '_' and '-', a letter or digit first",
                     shown(name));
}

std::string refused_name_value(const Value& name) { return refused_name(std::get<std::string>(name)); }

}  // namespace steq

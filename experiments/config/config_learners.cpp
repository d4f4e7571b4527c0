// SPDX-License-Identifier: MIT
#include <algorithm>

#include "experiments/config/config_like.hpp"
#include "experiments/config/config_sections.hpp"
#include "sim/estimators/estimator.hpp"

namespace steq {
namespace {

/// A key that names a learner; null says "none".
std::optional<std::string> read_reference(const ConfigNode& node) {
  if (node.json.is_string()) return node.json.get<std::string>();
  if (!node.json.is_null()) node.refuse("the name of a learner or null");
  return std::nullopt;
}

WrittenLearner read_learner(const ConfigNode& node) {
  WrittenLearner learner{node, {}};
  const ParameterInfo name{.name = "name",
                           .kind = Kind::text,
                           .fallback = std::nullopt,
                           .meaning = "letters, digits, '.', '_' and '-'",
                           .words = {}};
  const ParameterInfo scale{.name = "learning_rate_scale",
                            .fallback = Value(1.0),
                            .meaning = "factor on the learning rate",
                            .min = 0,
                            .words = {}};
  const ParameterInfo ulps{.name = "ulps",
                           .kind = Kind::integer,
                           .fallback = Value(std::int64_t{0}),
                           .meaning = "units in the last place added to the first weight of every tensor that is not 0",
                           .min = -1e6,
                           .max = 1e6,
                           .words = {}};
  const ParameterInfo rounding{.name = "rounding",
                               .kind = Kind::boolean,
                               .fallback = Value(false),
                               .meaning = "move every pre-activation by up to one unit in the last place",
                               .words = {}};
  Values values = read_object(node, {name, scale, ulps, rounding}, {"estimator", "equivalent_to", "like"});
  if (!node.json.is_object()) return learner;
  learner.config.name = take<std::string>(values, "name");
  learner.config.learning_rate_scale = take<double>(values, "learning_rate_scale");
  learner.config.ulps = static_cast<int>(take<std::int64_t>(values, "ulps"));
  learner.config.rounding = take<bool>(values, "rounding");
  learner.config.equivalent_to = read_reference(node.at("equivalent_to"));
  learner.config.like = read_reference(node.at("like"));
  if (node.has("estimator") || !node.has("like"))
    learner.config.estimator = read_plugin(node.at("estimator"), "type", catalogue(estimator_registry()));
  return learner;
}

void check_names(const std::vector<WrittenLearner>& learners) {
  std::vector<std::string> seen;
  for (const WrittenLearner& learner : learners) {
    const std::string& name = learner.config.name;
    const ConfigNode node = learner.node.at("name");
    if (!node.json.is_string()) continue;
    if (const std::string why = refused_name(name); !why.empty()) node.report(why);
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      node.report(fmt::format("\"{}\" is the name of an earlier learner; allowed: a name of its own", name));
    seen.push_back(name);
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
}

}  // namespace

std::string refused_name(const std::string& name) {
  const auto alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const auto good = [&](char c) { return alphanumeric(c) || c == '.' || c == '_' || c == '-'; };
  if (!name.empty() && alphanumeric(name[0]) && std::all_of(name.begin(), name.end(), good)) return "";
  return fmt::format("{} is not allowed; allowed: letters, digits, '.', '_' and '-', a letter or digit first",
                     shown(name));
}

void read_learners(const ConfigNode& document, ExperimentConfig& config) {
  const ConfigNode node = document.at("learners");
  if (!node.json.is_array() || node.json.empty()) return node.refuse("an array of at least one learner");
  std::vector<WrittenLearner> written;
  for (std::size_t i = 0; i < node.json.size(); ++i) written.push_back(read_learner(node.at(i)));
  check_names(written);
  for (const WrittenLearner& learner : written) config.learners.push_back(follow_like(learner, written));
  for (std::size_t i = 0; i < written.size(); ++i) check_equivalent(written[i].node, config.learners[i], config);
}

}  // namespace steq

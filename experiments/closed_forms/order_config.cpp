// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/order_config.hpp"

#include "experiments/closed_forms/case_document.hpp"
#include "experiments/config/config.hpp"
#include "experiments/config/like.hpp"
#include "experiments/config/overrides.hpp"

namespace steq {
namespace {

const std::vector<ParameterInfo> kOrderKeys{
    tolerance_key(0.1), {.name = "expected", .fallback = Value(1.0), .meaning = "order", .words = {}}};

ScalarLadder read_scalars(const ConfigNode& node, Values& values, std::uint64_t seed) {
  const bool diffusive = take<std::string>(values, "time") == "diffusive";
  return {read_recipe(node, values, seed), diffusive ? TimeScale::diffusive : TimeScale::directed};
}

/// The document that "training" is or names, with the changes of "set"; null, and reported, where it cannot be had.
Json training_document(const ConfigNode& node) {
  const ConfigNode training = node.at("training"), set = node.at("set");
  std::vector<std::string> changes;
  for (const Json& change : set.json.is_array() ? set.json : Json::array())
    if (change.is_string()) changes.push_back(change);
  if (node.has("set") && (!set.json.is_array() || changes.size() != set.json.size()))
    set.refuse("an array of PATH=VALUE texts");
  Json document;
  collect(*node.problems, [&] {
    document = training.json.is_string() ? load_document(training.json.get<std::string>()) : training.json;
    apply_overrides(document, changes);
    read_config(document, training.path);
  });
  return document;
}

TrainingLadder read_training(const ConfigNode& node, Values& values) {
  TrainingLadder ladder{training_document(node), take<std::string>(values, "learner"),
                        take<std::string>(values, "against")};
  if (!node.problems->empty()) return ladder;
  const ExperimentConfig config = read_config(ladder.training, "");
  std::vector<std::string> names;
  for (const LearnerConfig& learner : config.learners) names.push_back(learner.name);
  for (const auto& [key, name] : {std::pair("learner", ladder.learner), std::pair("against", ladder.against)})
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
      node.at(key).report(unknown_learner(name, names));
  if (!config.steps) node.at("training").report("has no \"steps\"; required, as they grow while the rate shrinks");
  return ladder;
}

OrderCase read_order_case(const ConfigNode& node, std::uint64_t seed) {
  if (!node.json.is_object()) return node.refuse("an object"), OrderCase{};
  std::vector<ParameterInfo> keys = kOrderKeys;
  OrderCase read;
  Values values;
  if (node.has("training")) {
    for (const ParameterInfo& key :
         {text_key("name", std::nullopt), text_key("learner", std::nullopt), text_key("against", Value(""))})
      keys.push_back(key);
    values = read_object(node, keys, {"training", "set"});
    read.ladder = read_training(node, values);
  } else {
    keys.push_back(text_key("time", Value("directed"), {"directed", "diffusive"}));
    values = read_case(node, keys, {});
    read.ladder = read_scalars(node, values, seed);
  }
  read.name = read_name(node, values);
  read.tolerance = take<double>(values, "tolerance");
  read.expected = take<double>(values, "expected");
  return read;
}

Json ladder_json(const std::string& name, const ScalarLadder& ladder) {
  Json json = recipe_json(name, ladder.recipe);
  json["time"] = ladder.time == TimeScale::diffusive ? "diffusive" : "directed";
  return json;
}

Json ladder_json(const std::string& name, const TrainingLadder& ladder) {
  return {{"name", name},
          {"training", resolved(read_config(ladder.training, name))},
          {"learner", ladder.learner},
          {"against", ladder.against}};
}

}  // namespace

OrderExperiment read_orders(const Json& document, const std::string& file) {
  return read_checked(document, file, [](const ConfigNode& node) {
    OrderExperiment experiment;
    Values values = read_head(node, experiment, {count_key("repeats", Value(std::int64_t{1}))}, {"cases", "factors"});
    experiment.repeats = take_integer<std::uint32_t>(values, "repeats");
    experiment.factors =
        read_numbers(node.at("factors"), "an array of at least three numbers in (0, 1], the first of them 1, falling",
                     [](const auto& n) {
                       const bool falling = std::is_sorted(n.rbegin(), n.rend(), std::less_equal<>());
                       return n.size() >= 3 && n.front() == 1 && n.back() > 0 && falling;
                     });
    for_cases(node, [&](const ConfigNode& item) {
      experiment.cases.push_back(read_order_case(item, experiment.seed));
      return experiment.cases.back().name;
    });
    return experiment;
  });
}

Json resolved(const OrderExperiment& experiment) {
  Json cases = Json::array();
  for (const OrderCase& c : experiment.cases) {
    cases.push_back(std::visit([&](const auto& ladder) { return ladder_json(c.name, ladder); }, c.ladder));
    cases.back()["expected"] = c.expected;
    cases.back()["tolerance"] = c.tolerance;
  }
  return {{"kind", "orders"},         {"name", experiment.name},       {"description", experiment.description},
          {"seed", experiment.seed},  {"factors", experiment.factors}, {"repeats", experiment.repeats},
          {"cases", std::move(cases)}};
}

}  // namespace steq

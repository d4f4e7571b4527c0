// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/prediction_config.hpp"

#include "experiments/closed_forms/case_document.hpp"
#include "theory/predictions/prediction.hpp"

namespace steq {
namespace {

PredictionCase read_prediction_case(const ConfigNode& node, std::uint64_t seed) {
  Values values = read_case(node, {tolerance_key(0.05)}, {"prediction"});
  if (!node.json.is_object()) return {};
  PredictionCase read{.name = read_name(node, values), .prediction = {}, .recipe = read_recipe(node, values, seed)};
  read.tolerance = take<double>(values, "tolerance");
  read.prediction = read_plugin(node.at("prediction"), "type", catalogue(prediction_registry()));
  return read;
}

}  // namespace

PredictionExperiment read_predictions(const Json& document, const std::string& file) {
  return read_checked(document, file, [](const ConfigNode& node) {
    PredictionExperiment experiment;
    read_head(node, experiment, {}, {"cases"});
    for_cases(node, [&](const ConfigNode& item) {
      experiment.cases.push_back(read_prediction_case(item, experiment.seed));
      return experiment.cases.back().name;
    });
    return experiment;
  });
}

Json resolved(const PredictionExperiment& experiment) {
  Json cases = Json::array();
  for (const PredictionCase& c : experiment.cases) {
    cases.push_back(recipe_json(c.name, c.recipe));
    cases.back()["prediction"] = to_json(c.prediction, "type");
    cases.back()["tolerance"] = c.tolerance;
  }
  return {{"kind", "predictions"},
          {"name", experiment.name},
          {"description", experiment.description},
          {"seed", experiment.seed},
          {"cases", std::move(cases)}};
}

}  // namespace steq

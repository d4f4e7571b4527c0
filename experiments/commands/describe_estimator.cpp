// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_estimator.hpp"

#include <algorithm>
#include <cmath>

#include "sim/quantizers/range_one.hpp"
#include "theory/estimator_graph.hpp"
#include "theory/reasons.hpp"
#include "theory/rescaling.hpp"
#include "theory/warnings.hpp"

namespace steq {
namespace {

Json traits_json(const EstimatorTraits& traits) {
  return {{"positive", traits.positive}, {"periodic", traits.periodic},
          {"smooth", traits.smooth},     {"sign_dependent", traits.sign_dependent},
          {"noisy", traits.noisy},       {"layer_wide", traits.layer_wide},
          {"coupled", traits.coupled}};
}

Json gate_json(const Gate& gate) {
  return {{"kind", gate.word()}, {"cut", std::isfinite(gate.cut()) ? Json(gate.cut()) : Json(nullptr)}};
}

Json column(const std::vector<double>& values, double unit) {
  Json column = Json::array();
  for (const double value : values) column.push_back(to_json(value / unit));
  return column;
}

/// Over the bin around the threshold 0, in units of delta; where bins differ over the range, in units of W. Where more than w decides there is a column for each curve of q besides.
Json graph_json(const ShownEstimator& subject) {
  const Estimator& estimator = *subject.estimator;
  const bool even = estimator.grid().delta > 0;
  const double unit = even ? estimator.grid().delta / estimator.grid().range : 1;  // in units of W, as the graph is
  const EstimatorGraph graph = estimator_graph(estimator, *subject.quantizer, {.periods = 0.5, .steps = 40});
  std::vector<double> q(graph.w.size());
  std::ranges::transform(graph.w, q.begin(),
                         [&](double w) { return estimator.unmasked_derivative(w * estimator.grid().range); });
  Json json{{even ? "u" : "w / W", column(graph.w, unit)}, {"q", column(q, 1)}};
  for (const EstimatorGraph::Curve& curve : graph.q)
    if (graph.q.size() > 1) json["q, " + curve.label] = column(curve.y, 1);
  json["surrogate"] = column(graph.soft, unit);
  json["map"] = graph.map.empty() ? Json(nullptr) : column(graph.map, unit);
  return json;
}

}  // namespace

std::string shown_grid(const PluginInfo& estimator) { return estimator.needs.empty() ? kShownGrid : estimator.needs; }

ShownEstimator shown(const Spec& estimator, const Spec& quantizer) {
  ShownEstimator shown{quantizer_registry().make(quantizer, "--quantizer", TensorShape{kFanInOfRangeOne}), nullptr};
  if (!shown.quantizer->has_levels())
    throw InputError("--quantizer", quantizer.name + " is not allowed: it has no levels; allowed: one that has some");
  shown.estimator = estimator_registry().make(estimator, "describe estimators", shown.quantizer->grid());
  return shown;
}
ShownEstimator shown(const EstimatorRegistry::Entry& entry, const Spec& quantizer) {
  return shown(example_of(entry.info), quantizer);
}

std::vector<Spec> grids_to_try(const PluginInfo& estimator) {
  if (!estimator.needs.empty()) return {parse_spec(estimator.needs, "grid")};
  std::vector<Spec> grids;
  for (const auto& entry : quantizer_registry().entries()) {
    const Spec example = example_of(entry.info);
    const auto quantizer = quantizer_registry().make(example, "grid", TensorShape{kFanInOfRangeOne});
    if (!obstacle_of_grid(*quantizer).empty()) continue;
    grids.push_back(example);
    for (const ParameterInfo& parameter : entry.info.parameters)
      for (const std::int64_t bits : {1, 4, 8})
        if (parameter.name == "bits" && accept(parameter, Value(bits))) {
          grids.push_back(example);
          grids.back().values.insert_or_assign("bits", Value(bits));
        }
  }
  return grids;
}

Json estimator_details(const EstimatorRegistry::Entry& entry) {
  return estimator_details(example_of(entry.info), parse_spec(shown_grid(entry.info), "grid"),
                           grids_to_try(entry.info));
}

Json estimator_details(const Spec& spec, const Spec& quantizer, const std::vector<Spec>& grids_of_warnings) {
  const ShownEstimator subject = shown(spec, quantizer);
  const Estimator* estimator = subject.estimator.get();
  const EstimatorBounds bounds = estimator->bounds();
  const ExpressionText expression = estimator->expression();
  const auto rescaling = rescaling_of(*estimator);
  Json warnings = Json::array();
  for (const Spec& grid : grids_of_warnings)
    for (const std::string& warning : estimator_warnings(*shown(spec, grid).estimator))
      warnings.push_back(fmt::format("on {}: {}", to_text(grid), warning));
  return {{"grid", to_text(quantizer)},
          {"expression", expression.text},
          {"symbols", to_json(expression.symbols)},
          {"gate", gate_json(estimator->gate())},
          {"bounds", {{"lower", to_json(bounds.lower)}, {"upper", to_json(bounds.upper)}}},
          {"lipschitz", to_json(bounds.lipschitz)},
          {"traits", traits_json(estimator->traits())},
          {"alpha", rescaling ? to_json(rescaling->alpha()) : Json(nullptr)},
          {"remarks", estimator->remarks()},
          {"warnings", std::move(warnings)},
          {"graph", graph_json(subject)}};
}

}  // namespace steq

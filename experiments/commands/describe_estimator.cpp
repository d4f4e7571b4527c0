// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_estimator.hpp"

#include "sim/quantizers/range_one.hpp"
#include "theory/rescaling.hpp"

namespace steq {
namespace {

constexpr int kPoints = 41;

Json traits_json(const EstimatorTraits& traits) {
  return {{"positive", traits.positive}, {"periodic", traits.periodic},
          {"smooth", traits.smooth},     {"sign_dependent", traits.sign_dependent},
          {"noisy", traits.noisy},       {"layer_wide", traits.layer_wide}};
}

/// Over the bin around the threshold 0.
Json graph_json(const Estimator& estimator, const std::optional<Rescaling>& rescaling) {
  const double delta = estimator.grid().delta;
  Json graph{{"u", Json::array()}, {"q", Json::array()}, {"surrogate", Json::array()}, {"map", nullptr}};
  for (int i = 0; i < kPoints; ++i) {
    const double u = static_cast<double>(i) / (kPoints - 1) - 0.5, w = u * delta;
    graph["u"].push_back(u);
    graph["q"].push_back(to_json(estimator.unmasked_derivative(w)));
    graph["surrogate"].push_back(to_json(estimator.surrogate(w) / delta));
    if (rescaling) graph["map"].push_back(to_json(rescaling->map(w) / delta));
  }
  return graph;
}

}  // namespace

ShownEstimator shown(const EstimatorRegistry::Entry& entry, const Spec& quantizer) {
  ShownEstimator shown{quantizer_registry().make(quantizer, "grid", kFanInOfRangeOne), nullptr};
  shown.estimator = estimator_registry().make(example_of(entry.info), entry.info.name, shown.quantizer->grid());
  return shown;
}

Json estimator_details(const EstimatorRegistry::Entry& entry) {
  const ShownEstimator subject = shown(entry, parse_spec(kShownGrid, "grid"));
  const Estimator* estimator = subject.estimator.get();
  const EstimatorBounds bounds = estimator->bounds();
  const auto rescaling = rescaling_of(*estimator);
  return {{"grid", kShownGrid},
          {"bounds", {{"lower", to_json(bounds.lower)}, {"upper", to_json(bounds.upper)}}},
          {"lipschitz", to_json(bounds.lipschitz)},
          {"traits", traits_json(estimator->traits())},
          {"alpha", rescaling ? to_json(rescaling->alpha()) : Json(nullptr)},
          {"graph", graph_json(*estimator, rescaling)}};
}

}  // namespace steq

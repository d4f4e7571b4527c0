// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_estimator.hpp"

#include "theory/rescaling.hpp"

namespace steq {
namespace {

constexpr const char* kGrid = "uniform:bits=2,range=1";
constexpr int kPoints = 41;

Json traits_json(const EstimatorTraits& traits) {
  return {{"positive", traits.positive},
          {"periodic", traits.periodic},
          {"smooth", traits.smooth},
          {"sign_dependent", traits.sign_dependent},
          {"noisy", traits.noisy},
          {"layer_wide", traits.layer_wide}};
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

Json estimator_details(const EstimatorRegistry::Entry& entry) {
  const Spec grid = parse_spec(kGrid, "grid");
  const auto quantizer = quantizer_registry().make(grid, "grid", std::size_t{1});
  const auto estimator = estimator_registry().make(example_of(entry.info), entry.info.name, quantizer->grid());
  const EstimatorBounds bounds = estimator->bounds();
  const auto rescaling = rescaling_of(*estimator);
  return {{"grid", kGrid},
          {"bounds", {{"lower", to_json(bounds.lower)}, {"upper", to_json(bounds.upper)}}},
          {"lipschitz", to_json(bounds.lipschitz)},
          {"traits", traits_json(estimator->traits())},
          {"alpha", rescaling ? to_json(rescaling->alpha()) : Json(nullptr)},
          {"graph", graph_json(*estimator, rescaling)}};
}

}  // namespace steq

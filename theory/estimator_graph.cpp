// SPDX-License-Identifier: MIT
#include "theory/estimator_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theory/estimator_facts.hpp"
#include "theory/rescaling.hpp"

namespace steq {
namespace {

constexpr double kEnd = 1.2;        ///< of the w axis, in units of W
constexpr double kTallest = 4;      ///< of the q axis, where q is not bounded
constexpr double kHeadroom = 1.08;  ///< above the highest point

using Curve = EstimatorGraph::Curve;

template <class Value>
Curve curve(const std::vector<double>& w, const std::string& label, const Value& value) {
  Curve curve{label, {}};
  for (const double x : w) curve.y.push_back(value(x));
  return curve;
}

std::vector<Curve> q_curves(const Estimator& estimator, const std::vector<double>& w) {
  const EstimatorTraits traits = estimator.traits();
  const double range = estimator.grid().range;
  std::vector<Curve> curves;
  const auto scaled = [&](double bound) {
    return [&estimator, bound](double x) { return bound * estimator.derivative(x); };
  };
  if (traits.sign_dependent) {
    curves.push_back(curve(w, "gradient > 0", [&](double x) { return gradient_factor(estimator, x, 1); }));
    curves.push_back(curve(w, "gradient < 0", [&](double x) { return gradient_factor(estimator, x, -1); }));
  } else if (traits.noisy) {
    curves.push_back(curve(w, "mean", scaled(1)));
    curves.push_back(curve(w, "most", scaled(estimator.bounds().upper)));
    curves.push_back(curve(w, "least", scaled(estimator.bounds().lower)));
  } else if (traits.layer_wide) {
    for (const double share : {0.5, 0.75, 0.25})
      curves.push_back(curve(w, fmt::format("mean |w| = {} W", share),
                             [&](double x) { return gradient_factor(estimator, x, 1, {.magnitude = share * range}); }));
  } else {
    curves.push_back(curve(w, "q(w)", [&](double x) { return estimator.derivative(x); }));
  }
  return curves;
}

void set_q_axis(EstimatorGraph& graph) {
  for (const Curve& curve : graph.q)
    for (const double q : curve.y) {
      graph.q_low = std::min(graph.q_low, q);
      graph.q_high = std::max(graph.q_high, q);
    }
  graph.q_low *= kHeadroom;
  graph.q_high *= kHeadroom;
}

double value_of(const Quantizer& quantizer, double w) {
  return quantizer.grid().levels[static_cast<std::size_t>(quantizer.level_of(w))];
}

}  // namespace

EstimatorGraph estimator_graph(const Estimator& estimator, const Quantizer& quantizer, const GraphAxis& axis) {
  const Grid& grid = estimator.grid();
  const double end = grid.delta > 0 ? std::min(kEnd * grid.range, axis.periods * grid.delta) : kEnd * grid.range;
  const auto rescaling = rescaling_of(estimator);
  std::vector<double> w;
  for (int i = 0; i <= axis.steps; ++i) w.push_back(end * (2.0 * i / axis.steps - 1));
  EstimatorGraph graph;
  graph.q = q_curves(estimator, w);
  set_q_axis(graph);
  if (!std::isfinite(estimator.bounds().upper)) graph.q_high = std::min(graph.q_high, kTallest);
  for (const double x : w) {
    graph.w.push_back(x / grid.range);
    graph.soft.push_back(estimator.surrogate(x) / grid.range);
    graph.hard.push_back(value_of(quantizer, x) / grid.range);
    if (rescaling) graph.map.push_back(rescaling->map(x) / grid.range);
  }
  for (const double level : grid.levels) graph.levels.push_back(level / grid.range);
  for (const double threshold : grid.thresholds) graph.thresholds.push_back(threshold / grid.range);
  return graph;
}

}  // namespace steq

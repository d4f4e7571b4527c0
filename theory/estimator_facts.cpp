// SPDX-License-Identifier: MIT
#include "theory/estimator_facts.hpp"

#include <array>
#include <cmath>

#include "theory/reasons.hpp"

namespace steq {

double gradient_factor(const Estimator& estimator, double w, double gradient, const Circumstances& at) {
  double result = gradient;
  const std::vector<double> numbers(estimator.parameters().size(), at.magnitude);
  estimator.backward(std::span<const double>(&w, 1), std::span<double>(&result, 1),
                     {.step = at.step, .estimator = numbers});
  return result / gradient;
}

bool straight_through(const Estimator& estimator) {
  const EstimatorTraits traits = estimator.traits();
  const EstimatorBounds bounds = estimator.bounds();
  return bounds.lower == 1 && bounds.upper == 1 && influences_beside_the_weight(traits).empty();
}

double factor_spread(const Estimator& estimator) {
  const EstimatorBounds bounds = estimator.bounds();
  return estimator.traits().noisy ? (bounds.upper - bounds.lower) / std::sqrt(12.0) : 0;
}

void slopes(const Estimator& estimator, std::span<const double> w, std::span<double> slope) {
  constexpr double kDifference = 1e-5;  // in bins
  const Grid& grid = estimator.grid();
  const double step = kDifference * (grid.delta > 0 ? grid.delta : grid.range);
  std::array<double, kBlock> shifted, low;
  const auto shift = [&](double by) {
    for (std::size_t i = 0; i < w.size(); ++i) shifted[i] = w[i] + by;
    return std::span<const double>(shifted).first(w.size());
  };
  estimator.unmasked_derivatives(shift(-step), std::span(low).first(w.size()));
  estimator.unmasked_derivatives(shift(step), slope);
  for (std::size_t i = 0; i < w.size(); ++i) slope[i] = (slope[i] - low[i]) / (2 * step);
}

double slope_at(const Estimator& estimator, double w) {
  double slope = 0;
  slopes(estimator, std::span<const double>(&w, 1), std::span<double>(&slope, 1));
  return slope;
}

}  // namespace steq

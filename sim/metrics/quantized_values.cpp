// SPDX-License-Identifier: MIT
// How far apart the values are with which two learners compute, whatever grids they lie on.
#include <algorithm>
#include <cmath>

#include "sim/core/sums.hpp"
#include "sim/metrics/registry.hpp"

namespace steq::metrics {
namespace {

bool values_recorded(const LearnerTrace& learner) {
  return std::ranges::none_of(learner.tensors, [](const TensorTrace& tensor) { return tensor.values.empty(); });
}

/// The sum over all tensors of square(tensor, weight).
template <class Square>
double total(const LearnerTrace& learner, const Square& square) {
  return pairwise_sum(0, learner.tensors.size(), [&](std::size_t t) {
    return pairwise_sum(0, learner.tensors[t].values.size(), [&](std::size_t i) { return square(t, i); });
  });
}

std::optional<double> distance(const Comparison& c) {
  if (!values_recorded(c.a()) || !values_recorded(c.b())) return std::nullopt;
  const auto value = [](const LearnerTrace& learner, std::size_t t, std::size_t i) {
    return learner.tensors[t].values[i];
  };
  const double apart =
      total(c.b(), [&](std::size_t t, std::size_t i) { return std::pow(value(c.a(), t, i) - value(c.b(), t, i), 2); });
  const double size = total(c.b(), [&](std::size_t t, std::size_t i) { return std::pow(value(c.b(), t, i), 2); });
  if (size == 0) return std::nullopt;
  return std::sqrt(apart / size);
}

}  // namespace

MetricRegistry::Entry quantized_value_distance() {
  return {{.name = "quantized_value_distance",
           .summary = "Distance between the values with which the two compute after the last update, those of the "
                      "levels, or latent weights where there are none; in units of the length of b's; >= 0, undefined "
                      "where all of b's are 0.",
           .formula = "sqrt(sum (Q_a(w_a) - Q_b(w_b))^2 / sum Q_b(w_b)^2)",
           .citation = "",
           .parameters = {}},
          distance};
}

}  // namespace steq::metrics

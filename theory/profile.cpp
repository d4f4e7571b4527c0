// SPDX-License-Identifier: MIT
#include "theory/profile.hpp"

#include <cmath>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

double root_mean_square(const std::vector<double>& values) {
  const double sum = pairwise_sum(0, values.size(), [&](std::size_t i) { return values[i] * values[i]; });
  return std::sqrt(sum / static_cast<double>(values.size()));
}

}  // namespace

double Profile::deviation() const {
  std::vector<double> apart(measured.size());
  for (std::size_t i = 0; i < apart.size(); ++i) apart[i] = measured[i] - predicted[i];
  const double size = root_mean_square(predicted);
  return root_mean_square(apart) / (size > 0 ? size : root_mean_square(scale));
}

}  // namespace steq

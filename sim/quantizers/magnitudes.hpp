// SPDX-License-Identifier: MIT
// Means of |w| over a group of weights, in double.
#pragma once

#include <cmath>
#include <span>

#include "sim/core/sums.hpp"

namespace steq {

template <class T>
double mean_magnitude(std::span<const T> w) {
  return pairwise_sum(0, w.size(), [&](std::size_t i) { return std::abs(double{w[i]}); }) /
         static_cast<double>(w.size());
}

/// Each counted as often as its curvature says, at least 0; plain where all of these are 0.
template <class T>
double mean_magnitude(std::span<const T> w, std::span<const T> curvature) {
  const double count = pairwise_sum(0, w.size(), [&](std::size_t i) { return double{curvature[i]}; });
  if (!(count > 0)) return mean_magnitude(w);
  return pairwise_sum(0, w.size(), [&](std::size_t i) { return double{curvature[i]} * std::abs(double{w[i]}); }) /
         count;
}

/// The mean of those above `threshold`; 0 where there is none.
template <class T>
double mean_magnitude_above(double threshold, std::span<const T> w) {
  std::size_t count = 0;
  for (const T x : w) count += std::abs(double{x}) > threshold;
  const double sum = pairwise_sum(0, w.size(), [&](std::size_t i) {
    const double magnitude = std::abs(double{w[i]});
    return magnitude > threshold ? magnitude : 0;
  });
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

}  // namespace steq

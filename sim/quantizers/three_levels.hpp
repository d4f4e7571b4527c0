// SPDX-License-Identifier: MIT
// -n, 0 and p with thresholds -D and D, strictly inside which a weight is 0.
#pragma once

#include <span>

#include "sim/quantizers/grid.hpp"

namespace steq {

inline Grid three_levels(double negative, double threshold, double positive) {
  return {.levels = {-negative, 0, positive},
          .thresholds = {-threshold, threshold},
          .range = (positive + negative) / 2,
          .delta = 0,
          .clips = false};
}

template <class T>
void to_three_levels(double negative, double threshold, double positive, std::span<const T> w, std::span<Level> level,
                     std::span<T> value) {
  const T n = static_cast<T>(negative), d = static_cast<T>(threshold), p = static_cast<T>(positive);
  for (std::size_t i = 0; i < w.size(); ++i) {
    level[i] = static_cast<Level>(1 + (w[i] > d) - (w[i] < -d));
    value[i] = w[i] > d ? p : w[i] < -d ? -n : T(0);
  }
}

}  // namespace steq

// SPDX-License-Identifier: MIT
// Grids whose levels are whole multiples of a step, rounded half to even.
#pragma once

#include <cmath>
#include <span>

#include "sim/core/within.hpp"
#include "sim/quantizers/grid.hpp"

namespace steq {

/// The levels from * step, ..., to * step.
struct WholeSteps {
  int from, to;

  Grid grid(double step) const {
    Grid grid{.levels = {}, .thresholds = {}, .range = (to - from) * step / 2, .delta = step};
    for (int j = from; j <= to; ++j) grid.levels.push_back(j * step);
    for (int j = from; j < to; ++j) grid.thresholds.push_back((j + 0.5) * step);
    return grid;
  }
  GridFrame frame(double step) const { return {from * step, to * step, step}; }

  template <class T>
  void quantize(double step, std::span<const T> w, std::span<Level> level, std::span<T> value) const {
    const T s = static_cast<T>(step), low = static_cast<T>(from), high = static_cast<T>(to);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const T index = std::nearbyint(within(w[i] / s, low, high));
      level[i] = static_cast<Level>(index - low);
      value[i] = s * index;
    }
  }
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// Levels wherever they lie: a weight takes the nearest, of two as near the lower.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "sim/quantizers/grid.hpp"

namespace steq {

/// Levels ascend. What clips and what does not is the caller's to say.
inline Grid grid_of_levels(std::vector<double> levels) {
  Grid grid{.levels = std::move(levels), .thresholds = {}, .range = 0, .delta = 0, .clips = false};
  for (std::size_t j = 0; j + 1 < grid.levels.size(); ++j)
    grid.thresholds.push_back((grid.levels[j] + grid.levels[j + 1]) / 2);
  grid.range = (grid.levels.back() - grid.levels.front()) / 2;
  return grid;
}

inline GridFrame frame_of_levels(std::span<const double> levels) { return {levels.front(), levels.back(), 0}; }

template <class T>
void to_nearest_level(const Grid& grid, std::span<const T> w, std::span<Level> level, std::span<T> value) {
  for (std::size_t i = 0; i < w.size(); ++i) {
    level[i] = grid.level_at(static_cast<double>(w[i]));
    value[i] = static_cast<T>(grid.levels[static_cast<std::size_t>(level[i])]);
  }
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

namespace steq {

/// The levels and thresholds of one layer, in weight units. Between two thresholds lies a bin.
struct Grid {
  std::vector<double> levels;      ///< ascending, [n + 1]
  std::vector<double> thresholds;  ///< ascending, [n]; level j lies between thresholds j - 1 and j
  double range = 1;                ///< W: outside [-W, W] the quantizer is saturated
  double delta = 0;                ///< grid spacing; 0 where levels are not equidistant

  std::size_t intervals() const { return levels.size() - 1; }
};

}  // namespace steq

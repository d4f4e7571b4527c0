// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/core/types.hpp"

namespace steq {

/// The levels and thresholds of one layer, in weight units. Between two thresholds lies a bin.
struct Grid {
  std::vector<double> levels;      ///< ascending, [n + 1]
  std::vector<double> thresholds;  ///< ascending, [n]; level j lies between thresholds j - 1 and j
  double range = 1;                ///< W: half of what the levels span
  double delta = 0;                ///< grid spacing; 0 where levels are not equidistant
  bool clips = true;               ///< weights beyond the outermost levels are meant to be clipped to them

  std::size_t intervals() const { return levels.size() - 1; }
  Level highest() const { return static_cast<Level>(intervals()); }
  /// The number of thresholds below w. How the quantizer breaks ties the grid does not know.
  Level level_at(double w) const {
    return static_cast<Level>(std::ranges::lower_bound(thresholds, w) - thresholds.begin());
  }

  /// Where levels are computed as multiples of delta the highest may miss W by rounding: of a symmetric grid it is W.
  GridFrame frame() const {
    const bool symmetric = levels.front() == -range;
    return {levels.front(), symmetric ? range : levels.back(), delta};
  }
};

}  // namespace steq

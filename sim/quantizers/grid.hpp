// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/types.hpp"
#include "sim/quantizers/forward_slope.hpp"

namespace steq {

/// The levels and thresholds of one layer, in weight units. Between two thresholds lies a bin.
struct Grid {
  std::vector<double> levels;      ///< ascending, [n + 1]
  std::vector<double> thresholds;  ///< ascending, [n]; level j lies between thresholds j - 1 and j
  double range = 1;                ///< W: half of what the levels span
  double delta = 0;                ///< grid spacing; 0 where levels are not equidistant, or thresholds not midway
  bool clips = true;               ///< weights beyond the outermost levels are meant to be clipped to them

  // Of a grid that moves.
  std::vector<std::string> names = {};                  ///< of the grid parameters, a name for each number
  std::vector<double> numbers = {};                     ///< at which the grid lies here, [names]
  std::shared_ptr<const ForwardSlope> slope = nullptr;  ///< null where the forward pass has no derivative

  std::size_t intervals() const { return levels.size() - 1; }
  Level highest() const { return static_cast<Level>(intervals()); }
  /// The number of thresholds below w. How the quantizer breaks ties the grid does not know.
  Level level_at(double w) const {
    return static_cast<Level>(std::ranges::lower_bound(thresholds, w) - thresholds.begin());
  }
  /// Where that grid parameter stands among the numbers; nothing where there is none.
  std::optional<std::size_t> number_of(const std::string& name) const {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
  }
  /// Every threshold is the level below it: values are rounded up.
  bool rounds_up() const { return std::equal(thresholds.begin(), thresholds.end(), levels.begin()); }

  /// Where levels are computed as multiples of delta the highest may miss W by rounding: of a symmetric grid it is W.
  GridFrame frame() const {
    const bool symmetric = levels.front() == -range;
    return {levels.front(), symmetric ? range : levels.back(), delta};
  }
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// How long weights stay on a level before they leave it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/processes/change_points.hpp"

namespace steq {

/// Numbers of dwells by their length in updates, [length]. A dwell that a weight both entered and left is complete.
/// Two kinds are cut off and counted apart: the first of a weight, which the drawn start began and no update, and its
/// last, which the end of training cut. A weight that never changed has neither. Long dwells are cut more often than
/// short ones, so that complete ones alone are shorter than they should be wherever `open` is not small beside them.
struct DwellTimes {
  std::vector<std::uint64_t> complete;
  std::vector<std::uint64_t> first;  ///< from step 0 to a weight's first change
  std::vector<std::uint64_t> open;   ///< from a weight's last change to the end
  std::uint64_t unchanged = 0;       ///< weights that never changed level

  DwellTimes& operator+=(const DwellTimes& other);
};

/// Each [steps + 1] long. Linear in weights, change points and steps.
DwellTimes dwell_times(const ChangePointLog& log, Step steps);

/// The number of all dwells.
std::uint64_t dwell_count(const std::vector<std::uint64_t>& lengths);

/// The shortest length, in updates, that a share p in (0, 1] of the dwells does not exceed; nothing where there are
/// none.
std::optional<Step> dwell_quantile(const std::vector<std::uint64_t>& lengths, double p);

/// Numbers of dwells of 1, 2 to 3, 4 to 7, ... updates: bin k holds lengths from 2^k to 2^(k+1) - 1, those of 0 updates
/// are in the first.
std::vector<std::uint64_t> dwell_bins(const std::vector<std::uint64_t>& lengths);

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "sim/core/types.hpp"

namespace steq {

inline constexpr Step kMostSteps = 100'000'000;

/// The columns of a log as they stand in a file.
struct LogColumns {
  std::span<const Level> initial_levels;
  std::span<const WeightIndex> weights;
  std::span<const Step> steps;
  std::span<const Level> levels;
};

/// Throws InputError naming `path`, `group` and the first value that no log can have: columns of different lengths,
/// levels outside 0 .. highest, weights that there are not, steps outside 1 .. 10^8, change points not in ascending
/// order of (step, weight), or that change nothing.
void check_log(const LogColumns& log, Level highest, const std::string& path, const std::string& group);

}  // namespace steq

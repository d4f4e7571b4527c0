// SPDX-License-Identifier: MIT
// How often an inequality was looked at, how often it failed, and how close it came.
#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "sim/core/types.hpp"

namespace steq {

struct Tally {
  std::uint64_t checked = 0;           ///< weights and steps at which the inequality applied
  std::uint64_t violations = 0;        ///< of these, where measured > bound + tolerance
  std::uint64_t not_applicable = 0;    ///< where a condition was not met, so that nothing is claimed
  double measured = 0, bound = 0;      ///< sums over what was checked
  double largest_excess = -kInfinity;  ///< of measured - bound
  Step step = 0;                       ///< where that was
  std::size_t weight = 0;              ///< likewise

  /// Takes in what was tallied elsewhere or later; of equal excesses the first stays.
  void add(const Tally& other);
  /// Sum of measured over sum of bounds: 1 where the inequality gives nothing away, NaN where nothing was checked.
  double tightness() const { return bound > 0 ? measured / bound : std::numeric_limits<double>::quiet_NaN(); }
};

/// One inequality at the weights `first`, ... of a block after update `step`; a bound that is not finite makes no
/// claim. Spans of equal size, at most kBlock.
Tally tally_block(std::span<const double> measured, std::span<const double> bound, std::span<const double> tolerance,
                  std::size_t first, Step step);

/// The sum of the blocks of a tensor, in an order that nothing but their number decides.
Tally merged(std::span<const Tally> blocks);

}  // namespace steq

// SPDX-License-Identifier: MIT
// The small types that every room shares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace steq {

/// Index of a quantization level, 0 for the lowest. Levels are never compared as floats.
using Level = std::int16_t;

/// Number of optimizer updates done; step t is the state after the t-th update.
using Step = std::uint32_t;

/// Flat row-major index of a weight in its tensor (OIHW, or [out][in]).
using WeightIndex = std::uint32_t;

/// Weights are updated, re-quantized and checked for changes in blocks of this many, small enough to stay in L1.
inline constexpr std::size_t kBlock = 1024;

/// A moment of training, for what follows a schedule: the next update, c = 0 before the first.
struct Clock {
  Step update = 0;
  Step updates_per_epoch = 0;  ///< 0: one endless epoch

  Step epoch() const { return updates_per_epoch > 0 ? update / updates_per_epoch : 0; }
};

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Where the levels of a grid lie, in weight units.
struct GridFrame {
  double low = 0;    ///< the lowest level
  double high = 0;   ///< the highest
  double delta = 0;  ///< from one level to the next; 0 where bins differ in width

  double range() const { return (high - low) / 2; }
};

/// Where weights stand that belong to one block and to one group of the grid: with the seed, all that a random draw may
/// depend on, and the numbers of the grid at that step.
struct BlockPlace {
  std::uint64_t seed = 0;
  Step step = 0;
  std::uint32_t tensor = 0;                ///< index of the tensor in the network
  std::size_t first = 0;                   ///< flat index of the first weight
  GridFrame frame = {};                    ///< of the group
  std::span<const double> grid = {};       ///< the quantizer's grid parameters, of the group
  std::span<const double> estimator = {};  ///< the estimator's own, of the tensor
  std::span<const double> gathered = {};   ///< what the estimator gathered of the group's gradients
  bool hard = false;                       ///< what is wanted are the levels' values, also where training uses others
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// The small types that every room shares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
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

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Where a block of weights stands: with the seed, all that a random draw may depend on.
struct BlockPlace {
  std::uint64_t seed = 0;
  Step step = 0;
  std::uint32_t tensor = 0;  ///< index of the tensor in the network
  std::size_t first = 0;     ///< flat index of the block's first weight
  double magnitude = 0;      ///< mean of |w| over the tensor, where its estimator is layer-wide; else 0
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// How a batch is cut into work. The cut depends on the batch size and the model alone, never on the number of threads,
// so that partial gradients are always added in the same order.
#pragma once

#include <cstddef>
#include <vector>

namespace steq {

/// Lanes run in parallel, each with gradients of its own where layers add them up, summed afterwards in pairs.
inline constexpr std::size_t kLanes = 4;

/// Samples a micro-batch at most.
inline constexpr std::size_t kMicroBatch = 32;

/// Samples a strip at most: few enough that what one layer hands to the next stays in cache.
inline constexpr std::size_t kStrip = 8;

/// Values a strip has at most of one array, unless a single sample has more.
inline constexpr std::size_t kStripValues = 1 << 17;

/// Input features a piece at most of the gradient of a dense layer's weights.
inline constexpr std::size_t kDenseColumns = 128;

/// Samples that follow each other.
struct SampleRange {
  std::size_t first;  ///< counted in the batch; that of a strip, in its micro-batch
  std::size_t n;      ///< samples, at least 1
};

struct BatchPlan {
  std::vector<SampleRange> micro_batches;  ///< in order of samples
  std::vector<std::size_t> lane_begin;     ///< lane l has micro-batches [lane_begin[l], lane_begin[l + 1])

  std::size_t lanes() const { return lane_begin.size() - 1; }
  std::vector<std::size_t> sizes() const;  ///< distinct n of micro-batches, ascending
};

/// `samples` in as few nearly equal parts as there are with at most `limit` each, in order.
std::vector<SampleRange> cut_evenly(std::size_t samples, std::size_t limit);

/// min(kLanes, samples) lanes of nearly equal length, each of them in nearly equal micro-batches.
BatchPlan plan_batch(std::size_t samples);

}  // namespace steq

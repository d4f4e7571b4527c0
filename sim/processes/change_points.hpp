// SPDX-License-Identifier: MIT
// The record of every quantized learning process of one tensor: initial levels, and the moments at which a level
// changed.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "sim/core/archive.hpp"
#include "sim/core/types.hpp"

namespace steq {

/// One weight's entry into a new level.
struct ChangePoint {
  WeightIndex weight;
  Step step;  ///< number of updates done when the new level was first seen, >= 1
  Level level;
};

/// Change points in order of (step, weight), 10 bytes each. Memory grows chunk by chunk, so that nothing is ever copied
/// and no more than one chunk stands unused.
class ChangePointLog {
 public:
  static constexpr std::size_t kChunk = 4096;

  explicit ChangePointLog(std::vector<Level> initial_levels = {}) : initial_levels_(std::move(initial_levels)) {}

  void append(const ChangePoint& point);

  std::size_t size() const { return size_; }
  ChangePoint operator[](std::size_t i) const {
    const Chunk& chunk = *chunks_[i / kChunk];
    return {chunk.weights[i % kChunk], chunk.steps[i % kChunk], chunk.levels[i % kChunk]};
  }

  const std::vector<Level>& initial_levels() const { return initial_levels_; }  ///< [weights of the tensor]

  /// Copies of the columns, for files: [size()]
  std::vector<WeightIndex> weights() const;
  std::vector<Step> steps() const;
  std::vector<Level> levels() const;

  void archive(Archive& archive);

  /// Bytes that the change points occupy.
  std::size_t memory() const { return chunks_.size() * sizeof(Chunk); }

 private:
  struct Chunk {
    std::array<WeightIndex, kChunk> weights;
    std::array<Step, kChunk> steps;
    std::array<Level, kChunk> levels;
  };

  template <class T, class Column>
  std::vector<T> copy(Column Chunk::*column) const;

  std::vector<Level> initial_levels_;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace steq

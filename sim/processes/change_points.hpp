// SPDX-License-Identifier: MIT
// The record of every quantized learning process of one tensor: initial levels, and the moments at which a level changed.
#pragma once

#include <span>
#include <vector>

#include "sim/core/types.hpp"

namespace steq {

/// One weight's entry into a new level.
struct ChangePoint {
  WeightIndex weight;
  Step step;  ///< number of updates done when the new level was first seen, >= 1
  Level level;
};

/// Change points in order of (step, weight), 10 bytes each, as three parallel arrays.
class ChangePointLog {
 public:
  explicit ChangePointLog(std::vector<Level> initial_levels = {}) : initial_levels_(std::move(initial_levels)) {}

  void append(const ChangePoint& point);

  std::size_t size() const { return weights_.size(); }
  ChangePoint operator[](std::size_t i) const { return {weights_[i], steps_[i], levels_[i]}; }

  const std::vector<Level>& initial_levels() const { return initial_levels_; }  ///< [weights of the tensor]
  const std::vector<WeightIndex>& weights() const { return weights_; }
  const std::vector<Step>& steps() const { return steps_; }
  const std::vector<Level>& levels() const { return levels_; }

 private:
  std::vector<Level> initial_levels_;
  std::vector<WeightIndex> weights_;
  std::vector<Step> steps_;
  std::vector<Level> levels_;
};

}  // namespace steq

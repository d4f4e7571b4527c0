// SPDX-License-Identifier: MIT
// The quantized learning process of every weight of a tensor: its change points, gathered from the log.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/processes/change_points.hpp"

namespace steq {

/// One weight: the levels it took, and the step at which it took each. The first entry is (initial level, step 0).
struct LearningProcess {
  std::span<const Level> levels;
  std::span<const Step> steps;

  std::size_t size() const { return levels.size(); }
  std::size_t changes() const { return levels.size() - 1; }
};

/// All weights of one tensor, one after another (compressed sparse rows): 6 bytes an entry, 8 a weight.
class LearningProcesses {
 public:
  /// Counting sort of the log by weight, linear in weights + change points; the order of steps is kept.
  /// Throws DomainError where the log names a weight that has no initial level.
  explicit LearningProcesses(const ChangePointLog& log);

  std::size_t weights() const { return offsets_.size() - 1; }
  LearningProcess operator[](std::size_t weight) const;

 private:
  std::vector<std::size_t> offsets_;  // [weights + 1]
  std::vector<Level> levels_;
  std::vector<Step> steps_;
};

}  // namespace steq

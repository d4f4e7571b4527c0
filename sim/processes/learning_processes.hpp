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

/// Where each weight's entries begin when all are laid one after another; one entry for the initial level, one for each
/// change: [weights + 1]. Throws DomainError where the log names a weight that has no initial level.
std::vector<std::size_t> process_offsets(const ChangePointLog& log);

/// The weights of one tensor, or some neighbours of them, one after another (compressed sparse rows): 6 bytes an entry,
/// 8 a weight.
class LearningProcesses {
 public:
  /// Counting sort of the log by weight, linear in weights + change points; the order of steps is kept.
  /// Throws DomainError as process_offsets does.
  explicit LearningProcesses(const ChangePointLog& log);

  /// The weights [first, last) only; `offsets` are those of the whole log.
  LearningProcesses(const ChangePointLog& log, std::span<const std::size_t> offsets, std::size_t first,
                    std::size_t last);

  std::size_t weights() const { return offsets_.size() - 1; }
  LearningProcess operator[](std::size_t weight) const;  ///< counted from `first`

 private:
  std::vector<std::size_t> offsets_;  // [weights + 1]
  std::vector<Level> levels_;
  std::vector<Step> steps_;
};

}  // namespace steq

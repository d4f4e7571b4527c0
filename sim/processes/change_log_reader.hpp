// SPDX-License-Identifier: MIT
#pragma once

#include <limits>
#include <utility>

#include "sim/processes/change_points.hpp"

namespace steq {

/// (step, weight), the order of a log.
using ChangeMoment = std::pair<Step, WeightIndex>;

/// Reads a log from the front, so that two logs can be merged by moment. Keeps a reference to the log.
class ChangeLogReader {
 public:
  explicit ChangeLogReader(const ChangePointLog& log) : log_(log) {}

  ChangeMoment next() const { return next_ < log_.size() ? ChangeMoment{log_[next_].step, log_[next_].weight} : kEnd; }

  /// The weight's level at `moment`, given the one before it.
  Level advance(const ChangeMoment& moment, Level before) { return next() == moment ? log_[next_++].level : before; }

  static constexpr ChangeMoment kEnd{std::numeric_limits<Step>::max(), std::numeric_limits<WeightIndex>::max()};

 private:
  const ChangePointLog& log_;
  std::size_t next_ = 0;
};

}  // namespace steq

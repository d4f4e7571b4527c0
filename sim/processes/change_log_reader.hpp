// SPDX-License-Identifier: MIT
#pragma once

#include <limits>
#include <utility>

#include "sim/processes/change_points.hpp"

namespace steq {

/// (step, weight), the order of a log.
using Change = std::pair<Step, WeightIndex>;

/// Reads a log from the front, so that two logs can be merged by change. Keeps a reference to the log.
class ChangeLogReader {
 public:
  explicit ChangeLogReader(const ChangePointLog& log) : log_(log) {}

  Change next() const { return next_ < log_.size() ? Change{log_[next_].step, log_[next_].weight} : kEnd; }

  /// The weight's level at `change`, given the one before it.
  Level advance(const Change& change, Level before) { return next() == change ? log_[next_++].level : before; }

  static constexpr Change kEnd{std::numeric_limits<Step>::max(), std::numeric_limits<WeightIndex>::max()};

 private:
  const ChangePointLog& log_;
  std::size_t next_ = 0;
};

}  // namespace steq

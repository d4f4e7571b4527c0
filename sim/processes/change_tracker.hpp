// SPDX-License-Identifier: MIT
// Follows the weights of one tensor through its log: what every change point means for its weight.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/processes/change_points.hpp"

namespace steq {

/// A change point together with what its weight did before it.
struct LevelChange {
  int jump;       ///< new level minus old one
  bool first;     ///< the weight had not changed before
  bool reversal;  ///< opposite in direction to the weight's last change
  Step dwell;     ///< updates spent on the old level; since step 0 where `first`
};

/// Feed it the change points of a log from the front. A weight remembers the direction of its last change however long
/// it rests. An entry into the level on which a weight stands already (logs of other programs may have some) has jump 0
/// and changes nothing.
class ChangeTracker {
 public:
  explicit ChangeTracker(const ChangePointLog& log)
      : level_(log.initial_levels()), direction_(level_.size()), since_(level_.size()) {}

  LevelChange advance(const ChangePoint& point) {
    const int jump = point.level - level_.at(point.weight);
    const int direction = (jump > 0) - (jump < 0), before = direction_[point.weight];
    const LevelChange change{jump, before == 0, direction * before < 0, point.step - since_[point.weight]};
    if (jump == 0) return change;
    level_[point.weight] = point.level;
    direction_[point.weight] = static_cast<std::int16_t>(direction);
    since_[point.weight] = point.step;
    return change;
  }

  std::size_t weights() const { return level_.size(); }
  bool changed(std::size_t weight) const { return direction_[weight] != 0; }
  Step since(std::size_t weight) const { return since_[weight]; }  ///< the step of its last change, or 0

 private:
  std::vector<Level> level_;
  std::vector<std::int16_t> direction_;  // of the last change; 0 before the first
  std::vector<Step> since_;
};

/// Calls visit(point, change) for every change point of the log at which a level changed.
template <class Visit>
ChangeTracker for_each_change(const ChangePointLog& log, const Visit& visit) {
  ChangeTracker tracker(log);
  for (std::size_t i = 0; i < log.size(); ++i)
    if (const LevelChange change = tracker.advance(log[i]); change.jump != 0) visit(log[i], change);
  return tracker;
}

}  // namespace steq

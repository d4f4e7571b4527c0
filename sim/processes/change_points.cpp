// SPDX-License-Identifier: MIT
#include "sim/processes/change_points.hpp"

namespace steq {

void ChangePointLog::append(const ChangePoint& point) {
  weights_.push_back(point.weight);
  steps_.push_back(point.step);
  levels_.push_back(point.level);
}

}  // namespace steq

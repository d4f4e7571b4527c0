// SPDX-License-Identifier: MIT
// What the alignment metrics share: sums over all weights, each in units of its tensor's range W.
#pragma once

#include "sim/metrics/trace.hpp"

namespace steq {

struct AlignmentTotals {
  double distance = 0;      ///< sum of |map(w_a) - w_b| / W after the last update
  double path = 0;          ///< sum over steps and weights of |w_b(t+1) - w_b(t)| / W; 0 where not recorded
  double bins = 0;          ///< sum of delta / W; 0 where some tensor's levels are not equidistant
  double displacement = 0;  ///< sum of |w_b(last) - w_b(0)| / W; 0 where not recorded
};

/// Both learners must have the same tensors. `map` is called with a's grid; W and delta are b's. All 0 where the last
/// weights of a tensor of either learner or the range W of one of b's are not recorded.
AlignmentTotals alignment_totals(const LearnerTrace& a, const LearnerTrace& b, const WeightMap& map);

}  // namespace steq

// SPDX-License-Identifier: MIT
// What summary.json says of how restless a learner's levels were; tables/oscillation.csv says more.
#pragma once

#include "records/json_values.hpp"
#include "sim/metrics/trace.hpp"

namespace steq {

/// {"frequency": mean f at the end with momentum 0.01, "oscillating_share": share of weights with f > 0.005,
/// "flip_ratio", "reversals", "median_dwell": in updates, or null} over all quantized tensors; {} where change points
/// were not recorded.
Json oscillation_facts(const LearnerTrace& learner, Step steps);

}  // namespace steq

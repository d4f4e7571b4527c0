// SPDX-License-Identifier: MIT
// A pair of learners as summary.json has it, whoever compares them.
#pragma once

#include "records/json_values.hpp"
#include "sim/metrics/comparison.hpp"

namespace steq {

/// {metric: number, or null where it is undefined, ...}, every metric of the registry.
Json metrics_json(const Comparison& comparison);

/// {"weights": how many were compared, "metrics", "first_divergence"}
Json comparison_json(const LearnerTrace& a, const LearnerTrace& b, const WeightMap& map);

/// The map of learners that have the same coordinates.
inline double identity_map(const Grid&, double w) { return w; }

/// {"step", "tensor", "weight", "level_a", "level_b"}; null where they never part, or change points were not recorded.
Json divergence_json(const LearnerTrace& a, const LearnerTrace& b);

}  // namespace steq

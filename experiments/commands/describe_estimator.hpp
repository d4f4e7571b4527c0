// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/config/json_values.hpp"
#include "sim/estimators/estimator.hpp"

namespace steq {

/// What an estimator declares and what follows from it, for its default parameters on the grid named in "grid": bounds,
/// lipschitz, traits, alpha (null where it does not exist), and a graph over one bin: arrays u (distance from the
/// threshold in units of delta), q, surrogate and map (both in units of delta from the threshold; map null without
/// alpha).
Json estimator_details(const EstimatorRegistry::Entry& entry);

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include "records/json_values.hpp"
#include "sim/training/cohort.hpp"

namespace steq {

/// {LAYER: {"thresholds", "low", "width", "shares"}} of each layer `quantize`: thresholds after the last update, up to 31;
/// shares of the values on `test` in bins from `low` on, what lies outside in the outermost. Empty where a learner
/// quantizes no activations.
template <class T>
Json activation_facts(Cohort<T>& cohort, std::size_t learner, const Dataset& test);

}  // namespace steq

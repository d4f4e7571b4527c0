// SPDX-License-Identifier: MIT
#pragma once

#include "records/json_values.hpp"
#include "sim/training/learner.hpp"

namespace steq {

/// {TENSOR or LAYER: {NAME: number, or {"least", "median", "most"} of many}} of the grid parameters as they stand; empty
/// where no grid moves.
template <class T>
Json grid_parameters_json(const Learner<T>& learner);

}  // namespace steq

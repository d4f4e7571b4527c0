// SPDX-License-Identifier: MIT
// What summary.json says of the angles between weights and what one would deploy.
#pragma once

#include "records/json_values.hpp"
#include "sim/training/cohort.hpp"

namespace steq {

/// {TENSOR: {"angle_degrees", "relative_squared_error", "zero_share", "dot_product_correlation"}}
Json geometry_facts(const std::vector<TensorGeometry>& tensors);

}  // namespace steq

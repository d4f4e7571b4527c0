// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/config/config.hpp"
#include "sim/nn/tensor_info.hpp"

namespace steq {

/// Where weights and the values that they meet are fixed-point numbers, sums of products are meant to be exact. Throws
/// InputError naming `place` where one of these tensors has sums that need more bits than the precision has.
void require_exact_sums(const LearnerConfig& learner, const std::string& precision,
                        const std::vector<TensorInfo>& tensors, const std::string& place);

}  // namespace steq

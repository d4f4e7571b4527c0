// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "sim/metrics/trace.hpp"

namespace steq {

/// How many weights stand on different levels in a and b after each of `steps` updates, [steps + 1] from step 0 on.
/// Linear in weights, change points and steps. Throws DomainError where the tensors differ or one has no log.
std::vector<std::size_t> disagreement_curve(const LearnerTrace& a, const LearnerTrace& b, Step steps);

/// The weights of all tensors together whose levels were recorded.
std::size_t weight_count(const LearnerTrace& learner);

}  // namespace steq

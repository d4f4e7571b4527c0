// SPDX-License-Identifier: MIT
// The moment at which two learners stop being the same quantized network.
#pragma once

#include <optional>
#include <string>

#include "sim/metrics/trace.hpp"

namespace steq {

struct FirstDivergence {
  Step step;           ///< number of updates done; 0 where initial levels differ
  std::string tensor;  ///< the first in the learners' order that differs at this step
  WeightIndex weight;  ///< the first of that tensor that differs at this step; its number in the tensor
  Level level_a;
  Level level_b;

  bool operator==(const FirstDivergence&) const = default;
};

/// The earliest step at which any weight has different levels in a and b, or nothing if there is none. One merge of the
/// two logs of each tensor, linear; both in order of (step, weight).
/// Throws DomainError where the tensors differ (see check_same_tensors) or one has no log.
std::optional<FirstDivergence> first_divergence(const LearnerTrace& a, const LearnerTrace& b);

}  // namespace steq

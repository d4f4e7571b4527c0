// SPDX-License-Identifier: MIT
// What the inference metrics share: the two learners' answers to the same test samples.
#pragma once

#include <cstdint>

#include "sim/metrics/trace.hpp"

namespace steq {

/// A learner's answer is the class of its largest logit, the lowest class among equals.
struct InferenceTotals {
  std::uint64_t samples = 0;
  std::uint64_t same_answer = 0;
  std::uint64_t both_wrong = 0;
  std::uint64_t same_wrong_answer = 0;

  double logits = 0;               ///< samples * classes
  double squared_difference = 0;   ///< sum over the logits of (a - b)^2
  double absolute_difference = 0;  ///< sum over the logits of |a - b|
};

/// All 0 where the learners were not tested on the same samples: no labels, other labels, or logits of other shapes.
InferenceTotals inference_totals(const LearnerTrace& a, const LearnerTrace& b);

}  // namespace steq

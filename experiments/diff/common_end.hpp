// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/diff/compared_learner.hpp"

namespace steq {

/// Where one of two learners ends before the other.
struct CommonEnd {
  Step step;
  std::string run;  ///< "A" or "B", the one that ends there
  bool told;        ///< it made so many updates; else nobody knows how many more, and this is its last change point
};

/// Nothing where both are known to make equally many updates, or where nobody knows and they diverge before the end of
/// both logs. A log that does not say how many updates its learner made, and that is the beginning of the other one,
/// ends at its last change point.
std::optional<CommonEnd> common_end(const ComparedLearner& a, const ComparedLearner& b);

}  // namespace steq

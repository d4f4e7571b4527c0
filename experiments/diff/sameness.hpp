// SPDX-License-Identifier: MIT
// Whether two learners are the same to the last bit, by everything that both recorded.
#pragma once

#include "experiments/diff/compared_learner.hpp"

namespace steq {

struct SamePart {
  std::string name;            ///< "levels", "initial weights", "final weights", "batch losses", "losses by epoch", ...
  std::optional<bool> same{};  ///< nothing where one of the two did not record it, or has no such levels
};

std::vector<SamePart> same_parts(const ComparedLearner& a, const ComparedLearner& b);

}  // namespace steq

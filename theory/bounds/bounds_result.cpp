// SPDX-License-Identifier: MIT
#include "theory/bounds/bounds_result.hpp"

namespace steq {

std::uint64_t BoundsResult::checked() const {
  std::uint64_t sum = 0;
  for (const InequalityResult& inequality : inequalities) sum += inequality.tally.checked;
  return sum;
}

std::uint64_t BoundsResult::violations() const {
  std::uint64_t sum = 0;
  for (const InequalityResult& inequality : inequalities) sum += inequality.tally.violations;
  return sum;
}

}  // namespace steq

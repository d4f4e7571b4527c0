// SPDX-License-Identifier: MIT
#include "theory/bounds/tensor_theory.hpp"

#include <cmath>

namespace steq {

bool TensorTheory::covers(double w) const { return everywhere || std::abs(w) <= grid().range; }

TensorTheory tensor_theory(const Estimator& estimator, bool scale_invariant) {
  TensorTheory theory{.estimator = &estimator, .rescaling = {}, .constants = {.bounds = estimator.bounds()}};
  if (scale_invariant) {
    theory.everywhere = estimator.traits().periodic;
    return theory;
  }
  theory.rescaling.emplace(estimator);
  theory.constants.alpha = theory.rescaling->alpha();
  theory.everywhere = theory.rescaling->fixes_levels();
  return theory;
}

}  // namespace steq

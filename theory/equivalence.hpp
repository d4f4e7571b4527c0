// SPDX-License-Identifier: MIT
// What an STE learner has to change to train like a learner with a given estimator, and whether theory promises that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"

namespace steq {

struct Equivalence {
  std::optional<double> alpha;                 ///< nothing where it does not exist
  std::optional<double> learning_rate_factor;  ///< alpha, or 1 for a scale-invariant optimizer
  bool maps_initialization = true;             ///< the STE starts at M(w0), else at w0
  bool in_class =
      false;  ///< bounded, positive, the same harmonic mean in all finite bins, not random, no sign dependence
  std::vector<std::string> reasons;  ///< why not in the class, and what else there is to know
};

/// scale_invariant: the optimizer cancels a positive factor of the gradient of each weight (Adam, RMSprop).
Equivalence equivalence_of(const Estimator& estimator, bool scale_invariant);

}  // namespace steq

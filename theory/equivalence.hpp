// SPDX-License-Identifier: MIT
// What an STE learner has to change to train like a learner with a given estimator, and whether theory promises that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"
#include "sim/optimizers/update_rule.hpp"

namespace steq {

struct Equivalence {
  std::optional<double> alpha;                 ///< nothing where it does not exist
  std::optional<double> learning_rate_factor;  ///< alpha, or 1 for a rule that scaling does not matter to
  bool maps_initialization = true;             ///< the STE starts at M(w0), else at w0
  bool in_class = false;                       ///< no assumption about q alone fails: see class_failures()
  std::vector<std::string> reasons;            ///< why not in the class, and what else there is to know
};

/// For a learner whose optimizer follows this rule.
Equivalence equivalence_of(const Estimator& estimator, const UpdateRule& rule);

}  // namespace steq

// SPDX-License-Identifier: MIT
// The coordinates in which a learner is compared with its STE equivalent: alpha and M for rules that scaling matters
// to, the weights themselves for the others.
#pragma once

#include <optional>

#include "sim/optimizers/update_rule.hpp"
#include "theory/rescaling.hpp"

namespace steq {

class Chart {
 public:
  Chart() = default;  ///< the identity
  /// The identity with alpha = 1 for an adaptive or sign rule, and where the estimator has no alpha and M: then the
  /// equivalent that was hoped for is the plain STE from the same start. Keeps a reference to the estimator.
  Chart(const Estimator& estimator, const UpdateRule& rule) {
    if (std::holds_alternative<HeavyBall>(rule)) rescaling_ = rescaling_of(estimator);
  }

  bool identity() const { return !rescaling_; }
  double alpha() const { return rescaling_ ? rescaling_->alpha() : 1; }
  double map(double w) const { return rescaling_ ? rescaling_->map(w) : w; }

 private:
  std::optional<Rescaling> rescaling_;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "theory/bounds/theorem.hpp"
#include "theory/rescaling.hpp"

namespace steq {

/// What is known beforehand of one tensor with an estimator and its counterpart with the STE.
struct TensorTheory {
  const Estimator* estimator;          ///< of Q; must outlive this
  std::optional<Rescaling> rescaling;  ///< nothing: M is the identity
  StepConstants constants;
  bool everywhere = true;  ///< the constants hold for all w, and not only in [-W, W]

  const Grid& grid() const { return estimator->grid(); }
  double map(double w) const { return rescaling ? rescaling->map(w) : w; }
  /// The q that M integrates, continued beyond the mask; 0 where there is none.
  double q(double w) const { return estimator->unmasked_derivative(w); }
  bool covers(double w) const;
};

/// Throws DomainError where M is needed and does not exist. `scale_invariant` optimizers need none.
TensorTheory tensor_theory(const Estimator& estimator, bool scale_invariant);

}  // namespace steq

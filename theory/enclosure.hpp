// SPDX-License-Identifier: MIT
// Proofs by computation: bounds of q and of |q'| over the whole range that rounding cannot make wrong, because q is
// enclosed in intervals and the range is bisected until the enclosures are narrow.
#pragma once

#include <optional>

#include "sim/estimators/estimator.hpp"

namespace steq {

struct ProvedBound {
  double proved;  ///< no value lies beyond it
  double found;   ///< the value at `where`, up to rounding
  double where;   ///< a weight
};

/// q is `before` just below the weight `where`, and `after` just above it.
struct Jump {
  double where, before, after;
};

/// For all |w| <= W; what the estimator declares unbounded, or what cannot be decided, is left empty.
struct ProvedBounds {
  std::optional<ProvedBound> lower;      ///< of q, dimensionless
  std::optional<ProvedBound> upper;      ///< of q, dimensionless
  std::optional<ProvedBound> lipschitz;  ///< of |q'|, in 1 / weight units
  std::optional<Jump> jump;              ///< the first one: then q has no Lipschitz constant
};

/// The distance between `proved` and `found` is at most 1e-9 of the bound, or rounding, or what is left of it after
/// 4000 enclosures.
ProvedBounds proved_bounds(const Estimator& estimator);

/// The weight at the estimator's own coordinate: u from the middle threshold up, or w itself.
double weight_at(const Estimator& estimator, double coordinate);

}  // namespace steq

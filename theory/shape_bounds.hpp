// SPDX-License-Identifier: MIT
// The best that is known of L-, L+ and L': proved where q can be enclosed, else what is declared and sampled.
#pragma once

#include <cmath>

#include "theory/enclosure.hpp"

namespace steq {

struct ShapeBound {
  double value;  ///< infinite where there is none
  double where;  ///< the weight at which `found` was found
  bool proved;   ///< that no value lies beyond it; else as declared, and sampled
  double found;  ///< the extreme among the values looked at

  /// Found, and not only declared.
  bool reached() const { return std::abs(value - found) <= 1e-3 * std::abs(value); }
};

struct ShapeBounds {
  ShapeBound lower;          ///< L-, dimensionless
  ShapeBound upper;          ///< L+, dimensionless
  ShapeBound lipschitz;      ///< L', in 1 / weight units
  std::optional<Jump> jump;  ///< a proof that there is no L'
  bool enclosed;             ///< q is a function of the weight alone, by construction
};

/// Over [-W, W], the mask ignored.
ShapeBounds shape_bounds(const Estimator& estimator);

}  // namespace steq

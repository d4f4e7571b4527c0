// SPDX-License-Identifier: MIT
// What dense sampling with local refinement tells about a function that is known only by its values.
#pragma once

#include "sim/estimators/kink_search.hpp"

namespace steq {

/// A function on [-1/2, 1/2], from evenly spaced samples; what is narrower than their distance can be missed.
struct SampledCurve {
  double lower = 0;
  double upper = 0;
  double lipschitz = 0;  ///< infinite where f jumps or its slope grows without bound
  Kinks kinks;
  bool symmetric = false;  ///< f(x) = f(-x), to rounding
  bool vanishes = false;   ///< f = 0 on an interval
};

/// f must be finite; exceptions that it throws pass through. One sample more than there are `cells`, a power of two.
SampledCurve sample(const Curve& f, int cells = 4096);

}  // namespace steq

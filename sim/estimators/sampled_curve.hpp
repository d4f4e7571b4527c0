// SPDX-License-Identifier: MIT
// What dense sampling with local refinement tells about a function that is known only by its values.
#pragma once

#include "sim/estimators/kink_search.hpp"

namespace steq {

/// A function on [-1/2, 1/2], from 4097 samples; what is narrower than the distance between them can be missed.
struct SampledCurve {
  double lower = 0;
  double upper = 0;
  double lipschitz = 0;  ///< infinite where f jumps or its slope grows without bound
  Kinks kinks;
  bool symmetric = false;  ///< f(x) = f(-x), to rounding
  bool vanishes = false;   ///< f = 0 on an interval
};

/// f must be finite; exceptions that it throws pass through.
SampledCurve sample(const Curve& f);

}  // namespace steq

// SPDX-License-Identifier: MIT
// What theory needs to know of an optimizer: which rule it follows, as data.
#pragma once

#include <variant>

namespace steq {

/// t <- g + momentum t; w <- w - lr t. Plain SGD where momentum is 0. Nesterov's step is g + momentum t: steady
/// gradients add up to the same, and alpha and M do for it what they do for t.
struct HeavyBall {
  double momentum = 0;
  bool nesterov = false;
};

/// First and second moments (Adam; RMSProp with beta1 = 0): blind to a positive factor on a weight's gradients.
struct AdaptiveMoments {
  double beta1 = 0, beta2 = 0, epsilon = 0;
  bool bias_corrected = false;
};

/// w <- w - lr sgn(g): blind to it, exactly.
struct SignRule {};

using UpdateRule = std::variant<HeavyBall, AdaptiveMoments, SignRule>;

}  // namespace steq

// SPDX-License-Identifier: MIT
// What theory asks of an estimator besides what it declares.
#pragma once

#include <span>

#include "sim/estimators/estimator.hpp"

namespace steq {

/// What a factor may depend on besides weight and gradient.
struct Circumstances {
  Step step = 0;
  double magnitude = 0;  ///< every number that the estimator asks of the whole tensor; 0: none yet
};

/// What multiplies this gradient, not 0, at the weight w.
double gradient_factor(const Estimator& estimator, double w, double gradient, const Circumstances& at = {});

/// q = 1 for every weight, gradient and step: the STE, under whatever name, masked or not.
bool straight_through(const Estimator& estimator);

/// Standard deviation of the random factor, which is uniform between the declared bounds; 0 where there is none.
double factor_spread(const Estimator& estimator);

/// dq/dw, nothing masked, by central differences; spans of equal size, at most kBlock.
void slopes(const Estimator& estimator, std::span<const double> w, std::span<double> slope);
double slope_at(const Estimator& estimator, double w);

}  // namespace steq

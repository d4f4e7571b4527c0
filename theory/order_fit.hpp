// SPDX-License-Identifier: MIT
// The order of an error in the learning rate: the slope of log(error) against log(rate).
#pragma once

#include <vector>

namespace steq {

struct OrderPoint {
  double rate = 0, error = 0;  ///< both above 0
};

struct OrderFit {
  double order = 0;
  double low = 0, high = 0;  ///< 95 % confidence interval, Student's t on the residuals
  double factor = 0;         ///< error = factor rate^order
};

/// Least squares. Throws DomainError with fewer than three points, fewer than two different rates, or a value that is
/// not above 0.
OrderFit fit_order(const std::vector<OrderPoint>& points);

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "theory/bounds/remainders.hpp"

#include <algorithm>
#include <cmath>

namespace steq::remainders {
namespace {

/// alpha L' s^2 / (2 x y) for positive x and y.
double quadratic(const StepConstants& c, double s, double x, double y) {
  if (!(x > 0) || !(y > 0) || !std::isfinite(c.bounds.lipschitz)) return kInfinity;
  return c.alpha * c.bounds.lipschitz * (s / x) * (s / y) / 2;
}

/// (-ln(1 - y) - y) / y, 0 <= y < 1; by its series where the difference would cancel.
double excess_logarithm(double y) {
  if (y < 1e-3) return y * (1.0 / 2 + y * (1.0 / 3 + y * (1.0 / 4 + y * (1.0 / 5 + y / 6))));
  return (-std::log1p(-y) - y) / y;
}

}  // namespace

double global(const StepConstants& c, double q, double s) {
  return std::isfinite(c.bounds.upper) ? quadratic(c, s, q, q) * c.bounds.upper / c.bounds.lower : kInfinity;
}

double half_global(const StepConstants& c, double q, double s) { return quadratic(c, s, q, c.bounds.lower); }

double local(const StepConstants& c, double q, double s) {
  return quadratic(c, s, q, std::max(c.bounds.lower, q - c.bounds.lipschitz * std::abs(s)));
}

double logarithmic(const StepConstants& c, double q, double s) {
  const double y = c.bounds.lipschitz * std::abs(s) / q;
  return y < 1 ? c.alpha * std::abs(s) / q * excess_logarithm(y) : kInfinity;
}

double reciprocal(const StepConstants& c, double, double s) { return quadratic(c, s, c.bounds.lower, c.bounds.lower); }

}  // namespace steq::remainders

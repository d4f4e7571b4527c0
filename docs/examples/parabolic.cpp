// SPDX-License-Identifier: MIT
// One parabola in every bin: 1 + a at the thresholds, 1 - 2a at the levels.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

struct Parabolic {
  double a;

  // A template: T is float or double in training, an interval where bounds are proved.
  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u = static_cast<T>(1 + a) - static_cast<T>(12 * a) * u.square();
  }
  double rise(double u) const { return u + a * (u - 4 * u * u * u); }  // the integral of q from 0 to u
  EstimatorBounds bounds() const {
    return {.lower = std::min(1 + a, 1 - 2 * a), .upper = std::max(1 + a, 1 - 2 * a), .lipschitz = 12 * std::abs(a)};
  }
  EstimatorTraits traits() const { return {}; }  // positive, the same in every bin, smooth, a function of w alone
  ExpressionText expression() const { return {"1+a*(1-12*u^2)", {{"a", a}}}; }

  // No closed forms of the integral of 1 / q and of its inverse: quadrature and root-finding take their place.
  std::optional<double> reciprocal_integral(double) const { return std::nullopt; }
  std::optional<double> reciprocal_integral_inverse(double) const { return std::nullopt; }
};

}  // namespace

EstimatorRegistry::Entry parabolic() {
  return periodic_entry({.name = "parabolic",
                         .summary = "One parabola a bin: 1 + a at the thresholds, 1 - 2 a at the levels.",
                         .formula = "q(u) = 1 + a (1 - 12 u^2)",
                         .citation = "",
                         .parameters = {{.name = "a",
                                         .fallback = Value(0.3),
                                         .meaning = "height, dimensionless; 0 is the STE",
                                         .min = -1,
                                         .max = 0.5,
                                         .min_excluded = true,
                                         .max_excluded = true}}},
                        [](const Parameters& p, const Grid&) { return Parabolic{p.number("a")}; });
}

}  // namespace steq::estimators

// SPDX-License-Identifier: MIT
// A triangle in every bin: a at the threshold, falling (or rising) linearly to b = 2 - a at the levels.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

struct Triangular {
  double a;

  double b() const { return 2 - a; }
  double slope() const { return 2 * (a - b()); }  ///< -dq/du for u > 0

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    // A mean of a and b stays positive in float too, however near to 0 the smaller one is.
    u = T(2) * u.abs();
    u = static_cast<T>(a) * (T(1) - u) + static_cast<T>(b()) * u;
  }
  double rise(double u) const { return u * (a - slope() * u / 2); }
  EstimatorBounds bounds() const {
    return {.lower = std::min(a, b()), .upper = std::max(a, b()), .lipschitz = std::abs(slope())};
  }
  EstimatorTraits traits() const { return {}; }
  ExpressionText expression() const { return {"a-4*(a-1)*abs(u)", {{"a", a}}}; }
  std::optional<double> reciprocal_integral(double u) const {
    return slope() == 0 ? u : -std::log1p(-slope() * u / a) / slope();
  }
  std::optional<double> reciprocal_integral_inverse(double f) const {
    return slope() == 0 ? f : -a * std::expm1(-slope() * f) / slope();
  }
  ClosedForm closed_form() const {
    if (slope() == 0) return {"1", "u"};
    return {"2*(a-1)/ln(a/(2-a))", "ln(a/(a-4*(a-1)*u))/(2*ln(a/(2-a)))", {{"a", a}}};
  }
};

}  // namespace

EstimatorRegistry::Entry triangular() {
  return periodic_entry({.name = "triangular",
                         .summary = "Piecewise linear: a at the thresholds, 2 - a at the levels.",
                         .formula = "q(u) = a - 4 (a - 1) |u|",
                         .citation = "the finite-bin form of ApproxSign, Liu et al., arXiv:1808.00278",
                         .parameters = {{.name = "a",
                                         .fallback = Value(1.6),
                                         .meaning = "q at the thresholds, dimensionless; 1 is the STE",
                                         .min = 0,
                                         .max = 2,
                                         .min_excluded = true,
                                         .max_excluded = true}},
                         .convention = "ApproxSign as published is approx-sign, where q comes down to 0 at the levels "
                                       "(a = 2, which is not allowed here)."},
                        [](const Parameters& p, const Grid&) { return Triangular{p.number("a")}; });
}

}  // namespace steq::estimators

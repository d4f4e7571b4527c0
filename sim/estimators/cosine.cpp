// SPDX-License-Identifier: MIT
// One wave in every bin: 1 + a at the threshold, 1 - a at the levels.
#include <numbers>

#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

using std::numbers::pi;

struct Cosine {
  double a;

  double alpha() const { return std::sqrt((1 - a) * (1 + a)); }

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    // By the half angle q is a sum of positive terms, so that it stays positive in float too.
    u *= static_cast<T>(pi);
    if (a < 0)
      u = u.sin();
    else
      u = u.cos();
    u = static_cast<T>(1 - std::abs(a)) + static_cast<T>(2 * std::abs(a)) * u.square();
  }
  double rise(double u) const { return u + a * std::sin(2 * pi * u) / (2 * pi); }
  EstimatorBounds bounds() const {
    return {.lower = 1 - std::abs(a), .upper = 1 + std::abs(a), .lipschitz = 2 * pi * std::abs(a)};
  }
  EstimatorTraits traits() const { return {}; }
  ExpressionText expression() const { return {"1+a*cos(2*pi*u)", {{"a", a}, {"pi", pi}}}; }
  std::optional<double> reciprocal_integral(double u) const {
    return std::atan2(std::sqrt(1 - a) * std::sin(pi * u), std::sqrt(1 + a) * std::cos(pi * u)) / (pi * alpha());
  }
  std::optional<double> reciprocal_integral_inverse(double f) const {
    const double x = pi * alpha() * f;
    return std::atan2(std::sqrt(1 + a) * std::sin(x), std::sqrt(1 - a) * std::cos(x)) / pi;
  }
  ClosedForm closed_form() const {
    return {"sqrt(1-a^2)", "atan(sqrt((1-a)/(1+a))*tan(pi*u))/pi", {{"a", a}, {"pi", pi}}};
  }
};

}  // namespace

EstimatorRegistry::Entry cosine() {
  return periodic_entry({.name = "cosine",
                         .summary = "One cosine wave a bin: 1 + a at the thresholds, 1 - a at the levels.",
                         .formula = "q(u) = 1 + a cos(2 pi u)",
                         .citation = "a smooth member of the class of Schoenbauer et al., arXiv:2405.05171",
                         .parameters = {{.name = "a",
                                         .fallback = Value(0.6),
                                         .meaning = "amplitude, dimensionless; 0 is the STE",
                                         .min = -1,
                                         .max = 1,
                                         .min_excluded = true,
                                         .max_excluded = true}}},
                        [](const Parameters& p, const Grid&) { return Cosine{p.number("a")}; });
}

}  // namespace steq::estimators

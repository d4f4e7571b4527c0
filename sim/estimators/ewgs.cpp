// SPDX-License-Identifier: MIT
// Element-wise gradient scaling: more where a step leads w back to its level, less where it leads on to the threshold.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Ewgs {
  double scaling;

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u.setOnes();
  }
  double factor(double u, double gradient, const BlockPlace&, std::size_t) const {
    if (gradient == 0) return 1;
    const double from_level = u - std::copysign(0.5, u);  // (w - Q(w)) / delta
    return 1 + scaling * std::copysign(from_level, from_level * gradient);
  }
  double rise(double u) const { return u; }
  EstimatorBounds bounds() const {
    return {.lower = 1 - scaling / 2, .upper = 1 + scaling / 2, .lipschitz = scaling > 0 ? kInfinity : 0};
  }
  EstimatorTraits traits() const { return {.smooth = scaling == 0, .sign_dependent = scaling > 0}; }
  std::optional<double> reciprocal_integral(double u) const { return u; }
  std::optional<double> reciprocal_integral_inverse(double f) const { return f; }
};

}  // namespace

EstimatorRegistry::Entry ewgs() {
  return periodic_entry({.name = "ewgs",
                         .summary = "Element-wise gradient scaling: depends on the gradient's sign and on w - Q(w).",
                         .formula = "q = 1 + delta sgn(g) (w - Q(w)) / grid spacing, g the gradient",
                         .citation = "Lee, Kim, Ham, arXiv:2104.00903",
                         .parameters = {{.name = "delta",
                                         .fallback = Value(0.2),
                                         .meaning = "scaling factor, dimensionless; 0 is the STE",
                                         .min = 0,
                                         .max = 2,
                                         .max_excluded = true}}},
                        [](const Parameters& p, const Grid&) { return Ewgs{p.number("delta")}; });
}

}  // namespace steq::estimators

// SPDX-License-Identifier: MIT
// A root in every bin: q grows without bound towards the threshold for o > 1, and vanishes there for o < 1.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

struct Power {
  double o;

  double exponent() const { return 1 / o - 1; }

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    // Nearer than rounding tells from the threshold, q is that of the smallest distance: neither infinite nor 0.
    u = T(2) * u.abs().max(std::numeric_limits<T>::epsilon());
    u = u.pow(static_cast<T>(exponent())) / static_cast<T>(o);
  }
  double rise(double u) const { return std::pow(2 * u, 1 / o) / 2; }
  EstimatorBounds bounds() const {
    if (o == 1) return {.lower = 1, .upper = 1, .lipschitz = 0};
    if (o > 1) return {.lower = 1 / o, .upper = kInfinity, .lipschitz = kInfinity};
    return {.lower = 0, .upper = 1 / o, .lipschitz = exponent() < 1 ? kInfinity : 2 * exponent() / o};
  }
  EstimatorTraits traits() const { return {.smooth = o <= 1}; }
  ExpressionText expression() const { return {"(2*max(abs(u),epsilon))^(1/o-1)/o", {{"o", o}}}; }
  std::optional<double> reciprocal_integral(double u) const {
    if (o <= 0.5) return u > 0 ? kInfinity : 0;
    return o * o / (2 * (2 * o - 1)) * std::pow(2 * u, 2 - 1 / o);
  }
  std::optional<double> reciprocal_integral_inverse(double f) const {
    if (o <= 0.5) return 0;
    return std::pow(2 * (2 * o - 1) / (o * o) * f, o / (2 * o - 1)) / 2;
  }
  std::optional<ClosedForm> closed_form() const {
    if (o <= 0.5) return std::nullopt;
    return ClosedForm{"(2*o-1)/o^2", "(2*u)^(2-1/o)/2", {{"o", o}}};
  }
};

}  // namespace

EstimatorRegistry::Entry power() {
  return periodic_entry(
      {.name = "power",
       .summary = "A root of the distance from the threshold: unbounded there for o > 1.",
       .formula = "q(u) = (2 |u|)^(1/o - 1) / o; alpha = (2 o - 1) / o^2 for o > 1/2, else none",
       .citation = "the periodic, untruncated form of ReSTE, Wu et al., arXiv:2308.06689",
       .parameters = {{.name = "o",
                       .fallback = Value(3.0),
                       .meaning = "order of the root, dimensionless; 1 is the STE",
                       .min = 0.1,
                       .max = 10}},
       .convention = "ReSTE as published is reste: constant near the threshold, cut off beyond t, and one "
                     "root over the whole range. This is its root alone, the same in every bin."},
      [](const Parameters& p, const Grid&) { return Power{p.number("o")}; });
}

}  // namespace steq::estimators

// SPDX-License-Identifier: MIT
// A staircase of straight pieces: slope a near the thresholds, b near the levels.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct PiecewiseLinear {
  double a, share;

  double b() const { return (1 - share * a) / (1 - share); }
  double knot() const { return share / 2; }
  bool flat() const { return a == b(); }

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u = (u.abs() < static_cast<T>(knot()))
            .select(static_cast<T>(a), ShapeArray<T>::Constant(u.size(), static_cast<T>(b())));
  }
  double rise(double u) const { return a * std::min(u, knot()) + b() * std::max(u - knot(), 0.0); }
  EstimatorBounds bounds() const {
    return {.lower = std::min(a, b()), .upper = std::max(a, b()), .lipschitz = flat() ? 0 : kInfinity};
  }
  EstimatorTraits traits() const { return {.smooth = flat()}; }
  std::optional<double> reciprocal_integral(double u) const {
    return std::min(u, knot()) / a + std::max(u - knot(), 0.0) / b();
  }
  std::optional<double> reciprocal_integral_inverse(double f) const {
    const double at_knot = knot() / a;
    return f < at_knot ? a * f : knot() + b() * (f - at_knot);
  }
  std::vector<double> kinks() const { return {knot()}; }
};

PiecewiseLinear checked(double a, double share) {
  if (!(share * a < 1))
    throw InputError(
        "estimator piecewise-linear",
        fmt::format("a = {}, share = {}: a must be below 1 / share = {:.6g}, or q at the levels is not positive", a,
                    share, 1 / share));
  return {a, share};
}

}  // namespace

EstimatorRegistry::Entry piecewise_linear() {
  return periodic_entry(
      {.name = "piecewise-linear",
       .summary = "A staircase of straight pieces: q = a near the thresholds, b near the levels.",
       .formula = "q(u) = a where 2 |u| < share, else b = (1 - share a) / (1 - share)",
       .citation = "a two-level member of the class of Schoenbauer et al., arXiv:2405.05171",
       .parameters = {{.name = "a",
                       .fallback = Value(1.6),
                       .meaning = "q near the thresholds, dimensionless, below 1 / share; 1 is the STE",
                       .min = 0,
                       .min_excluded = true},
                      {.name = "share",
                       .fallback = Value(0.5),
                       .meaning = "share of each bin, around its threshold, where q = a",
                       .min = 0,
                       .max = 1,
                       .min_excluded = true,
                       .max_excluded = true}}},
      [](const Parameters& p, const Grid&) { return checked(p.number("a"), p.number("share")); });
}

}  // namespace steq::estimators

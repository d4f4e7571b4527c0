// SPDX-License-Identifier: MIT
// A triangle that reaches 0 at the levels; with two levels the published ApproxSign.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

struct ApproxSign {
  bool two_levels;

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u = T(2) - T(4) * u.abs();
  }
  double rise(double u) const { return 2 * u * (1 - u); }
  EstimatorBounds bounds() const { return {.lower = 0, .upper = 2, .lipschitz = 4}; }
  EstimatorTraits traits() const { return {}; }
  ExpressionText expression() const { return {"2-4*abs(u)"}; }
  std::optional<double> reciprocal_integral(double u) const { return -std::log1p(-2 * u) / 4; }
  std::optional<double> reciprocal_integral_inverse(double f) const { return -std::expm1(-4 * f) / 2; }
  /// With more than two levels there is none: alpha is 0.
  std::optional<ClosedForm> closed_form() const {
    if (!two_levels) return std::nullopt;
    return ClosedForm{"2", "-ln(1-2*u)/2"};
  }
};

}  // namespace

EstimatorRegistry::Entry approx_sign() {
  return periodic_entry(
      {.name = "approx-sign",
       .summary = "A triangle in every bin, 2 at the thresholds and 0 at the levels: with two levels "
                  "2 - 2 |w| / W.",
       .formula = "q(u) = 2 - 4 |u|; the integral of 1/q diverges at the levels",
       .citation = "Bi-Real Net, Liu et al., arXiv:1808.00278",
       .parameters = {},
       .elsewhere = {{.library = "larq", .name = "approx_sign", .here = "approx-sign", .remark = "on sign:range=1"}}},
      [](const Parameters&, const Grid& grid) { return ApproxSign{grid.levels.size() == 2}; });
}

}  // namespace steq::estimators

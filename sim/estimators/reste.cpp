// SPDX-License-Identifier: MIT
// The rectified straight-through estimator: a root of |w|, constant near 0, cut off beyond t.
#include "sim/estimators/global_shape.hpp"

namespace steq::estimators {
namespace {

struct Reste {
  double o, m, range;

  double exponent() const { return 1 / o - 1; }
  double center() const { return std::pow(m, exponent()); }  ///< q where |w| <= m W

  template <class Array>
  void evaluate(Array& w) const {
    using T = typename Array::Scalar;
    w = w.abs() / static_cast<T>(range);
    w = (w <= static_cast<T>(m))
            .select(static_cast<T>(center()),
                    (w.max(static_cast<T>(m)).pow(static_cast<T>(exponent())) / static_cast<T>(o)).eval())
            .eval();
  }
  double rise(double w) const {
    const double z = std::abs(w) / range;
    const double outside = std::pow(std::max(z, m), 1 / o) - std::pow(m, 1 / o);
    return std::copysign(range * (center() * std::min(z, m) + outside), w);
  }
  EstimatorBounds bounds() const {
    const double inner = center(), outer = inner / o, end = 1 / o;  // within m, just beyond it, at W
    return {.lower = std::min({inner, outer, end}),
            .upper = std::max({inner, outer, end}),
            .lipschitz = o == 1 ? 0 : kInfinity};
  }
  EstimatorTraits traits() const { return {.periodic = false, .smooth = o == 1}; }
  ExpressionText expression() const { return {"abs(w)/W<=m?m^(1/o-1):(abs(w)/W)^(1/o-1)/o", {{"o", o}, {"m", m}}}; }
  std::optional<double> reciprocal_rise(double w) const {
    const double z = std::abs(w) / range, p = 2 - 1 / o, far = std::max(z, m);
    const double outside = o == 0.5 ? o * std::log(far / m) : o * (std::pow(far, p) - std::pow(m, p)) / p;
    return std::copysign(range * (std::min(z, m) / center() + outside), w);
  }
  std::vector<double> kinks() const { return {-m * range, m * range}; }
};

}  // namespace

EstimatorRegistry::Entry reste() {
  return {{.name = "reste",
           .summary = "Rectified straight-through: a root of |w| / W, constant up to m, no gradient beyond t.",
           .formula = "q(z) = |z|^(1/o - 1) / o for m < |z| <= t, m^(1/o - 1) for |z| <= m, 0 beyond t; z = w / W",
           .citation = "Wu et al., arXiv:2308.06689, and the code published with it",
           .parameters = {{.name = "o",
                           .fallback = Value(3.0),
                           .meaning = "order of the root, dimensionless; 1 is the clipped STE",
                           .min = 0.1,
                           .max = 10},
                          {.name = "m",
                           .fallback = Value(0.1),
                           .meaning = "|w| up to which q is constant, in units of W",
                           .min = 0,
                           .max = 1,
                           .min_excluded = true,
                           .max_excluded = true},
                          {.name = "t",
                           .fallback = Value(1.5),
                           .meaning = "|w| beyond which no gradient passes, in units of W",
                           .min = 1},
                          gate_parameter("none")}},
          [](const Parameters& p, const Grid& grid) -> std::unique_ptr<Estimator> {
            const Reste shape{p.number("o"), p.number("m"), grid.range};
            return std::make_unique<GlobalEstimator<Reste>>(shape, grid, gate_of(p, grid).cut_off(p.number("t")));
          }};
}

}  // namespace steq::estimators

// SPDX-License-Identifier: MIT
// Differentiable soft quantization: a tanh in every bin, steepest at the threshold.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

/// e is half the tanh's argument over one interval. A large e is allowed: where q at the levels is too small for a
/// double, the traits admit it; F overflows to infinity.
struct Dsq {
  double e;

  bool flat() const { return e < 1e-8; }  ///< then q = 1 to within e^2 / 3, below the resolution of double
  double peak() const { return flat() ? 1 : e / std::tanh(e); }

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    // sech^2 x = 4 t / (1 + t)^2 with t = exp(-2 |x|)
    u = (u.abs() * static_cast<T>(-4 * e)).exp();
    u = static_cast<T>(4 * peak()) * u / (T(1) + u).square();
  }
  double rise(double u) const { return flat() ? u : std::tanh(2 * e * u) / (2 * std::tanh(e)); }
  EstimatorBounds bounds() const {
    const double t = std::min(std::tanh(e), std::sqrt(1.0 / 3));  // sech^2 is steepest where tanh = 1 / sqrt(3)
    const double edge = std::exp(-2 * e);
    return {.lower = 4 * peak() * edge / std::pow(1 + edge, 2),
            .upper = peak(),
            .lipschitz = 4 * peak() * e * t * (1 - t * t)};
  }
  EstimatorTraits traits() const { return {.positive = bounds().lower > 0}; }
  ExpressionText expression() const { return {"e/(tanh(e)*cosh(2*e*u)^2)", {{"e", e}}}; }
  std::optional<double> reciprocal_integral(double u) const {
    if (flat()) return u;
    const double x = 4 * e * u;
    return (x + std::sinh(x)) / (8 * peak() * e);
  }
  std::optional<double> reciprocal_integral_inverse(double) const { return std::nullopt; }
  ClosedForm closed_form() const {
    return {
        "2*e^2/(tanh(e)*(e+sinh(e)*cosh(e)))", "(2*e*u+sinh(2*e*u)*cosh(2*e*u))/(2*(e+sinh(e)*cosh(e)))", {{"e", e}}};
  }
};

/// By the authors' a, for which tanh e = 1 - a, or by k.
Dsq from(const Parameters& p, const Grid& grid) {
  if (!p.has("a")) return {p.number("k") * grid.delta / (2 * grid.range)};
  const double a = p.number("a");
  return {(std::log1p(1 - a) - std::log(a)) / 2};  // artanh(1 - a), exact to the last bits at both ends
}

}  // namespace

EstimatorRegistry::Entry dsq() {
  return periodic_entry(
      {.name = "dsq",
       .summary = "Differentiable soft quantization: a tanh staircase, steepest at the thresholds.",
       .formula = "q(u) = coth(e) e sech^2(2 e u); tanh e = 1 - a, or e = k delta / (2 W) = k / (2^bits - 1)",
       .citation = "Gong et al., arXiv:1908.05033; as used by Schoenbauer et al., arXiv:2405.05171",
       .parameters = {{.name = "k",
                       .fallback = Value(6.5),
                       .meaning = "steepness over the range, dimensionless; 2, 6.5 and 18 were "
                                  "used with 1, 2 and 4 bits",
                       .min = 0,
                       .max = 1000,
                       .min_excluded = true},
                      {.name = "a",
                       .meaning = "the authors' alpha, dimensionless: 1 - tanh e; near 0 steep, near 1 flat",
                       .min = 0,
                       .max = 1,
                       .min_excluded = true,
                       .max_excluded = true,
                       .instead_of = "k"}},
       .convention =
           "The authors of DSQ have a parameter alpha, here a, with tanh e = 1 - a: one steepness for all bit "
           "widths. Schoenbauer et al. have k, the steepness over the whole range, which is spread over the "
           "bins: k = e (2^bits - 1), so that the same k is flat where bits are many.",
       .elsewhere = {{.library = "MQBench",
                      .name = "DSQFakeQuantize(alpha=0.4)",
                      .here = "dsq:a=0.4",
                      .remark = "which is k = 0.6931 (2^bits - 1)"},
                     {.library = "oscillations-qat",
                      .name = "stacked sigmoid, alpha",
                      .here = "dsq:k=ALPHA (2^bits - 1) / 4",
                      .remark = "the same shape, written with sigmoids"}}},
      from);
}

}  // namespace steq::estimators

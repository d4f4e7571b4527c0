// SPDX-License-Identifier: MIT
// The derivative of a swish made into a sign; it turns negative where |w| > 2.4 W / beta.
#include "sim/estimators/global_shape.hpp"
#include "sim/estimators/maximum.hpp"

namespace steq::estimators {
namespace {

struct SwishSign {
  double beta, range;

  /// q(w) = beta (2 - x tanh(x / 2)) / (1 + cosh x), x = beta w / W; with t = exp(-x) nothing overflows.
  template <class Array>
  void evaluate(Array& w) const {
    using T = typename Array::Scalar;
    w = (w * static_cast<T>(beta / range)).abs();
    const Array t = (-w).exp();
    w = static_cast<T>(2 * beta) * t * (T(2) - w * (T(1) - t) / (T(1) + t)) / (T(1) + t).square();
  }
  double rise(double w) const {
    const double x = beta * w / range, half = std::tanh(x / 2);
    return range * (half + x * (1 - half) * (1 + half) / 2);
  }
  /// q falls up to x = 3.2, steepest before x = 1.5, and then rises to 0 from below.
  EstimatorBounds bounds() const {
    const auto fall = [](double x) {
      const double c = 1 + std::cosh(x), half = std::tanh(x / 2);
      return (half * (3 - x * half) + x / c) / c;
    };
    const auto negative = [](double x) { return (x * std::tanh(x / 2) - 2) / (1 + std::cosh(x)); };
    return {.lower = -beta * maximum(negative, 0, std::min(beta, 6.0)),
            .upper = beta,
            .lipschitz = beta * beta / range * maximum(fall, 0, std::min(beta, 2.0))};
  }
  EstimatorTraits traits() const { return {.positive = bounds().lower > 0, .periodic = false}; }
  ExpressionText expression() const {
    return {"beta*(2-beta*w/W*tanh(beta*w/W/2))/(1+cosh(beta*w/W))", {{"beta", beta}}};
  }
  std::optional<double> reciprocal_rise(double) const { return std::nullopt; }
};

}  // namespace

EstimatorRegistry::Entry swish_sign() {
  return global_entry(
      {.name = "swish-sign",
       .summary = "Derivative of a sign-like swish; negative where |w| > 2.4 W / beta.",
       .formula = "q(w) = beta (2 - x tanh(x / 2)) / (1 + cosh x), x = beta w / W",
       .citation = "BNN+, Darabi et al., arXiv:1812.11800",
       .parameters = {{.name = "beta",
                       .fallback = Value(5.0),
                       .meaning = "steepness over the range, dimensionless; q > 0 on all of it up to 2.399",
                       .min = 0,
                       .max = 100,
                       .min_excluded = true}},
       .elsewhere = {{.library = "larq",
                      .name = "swish_sign",
                      .here = "swish-sign:gate=none",
                      .remark = "on sign:range=1; larq masks nothing, and beta is 5 in both"}}},
      [](const Parameters& p, const Grid& grid) {
        return SwishSign{p.number("beta"), grid.range};
      });
}

}  // namespace steq::estimators

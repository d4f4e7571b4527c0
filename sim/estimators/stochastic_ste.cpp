// SPDX-License-Identifier: MIT
// The straight-through estimator with multiplicative noise: a factor of mean 1, drawn anew at every step.
#include "sim/core/random.hpp"
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

struct StochasticSte {
  static constexpr bool kFlat = true;

  double noise;

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u.setOnes();
  }
  double factor(double, double, const BlockPlace& place, std::size_t i) const {
    return 1 + noise * (2 * RandomStream(place, Purpose::estimator_noise, i).uniform() - 1);
  }
  double rise(double u) const { return u; }
  EstimatorBounds bounds() const { return {.lower = 1 - noise, .upper = 1 + noise, .lipschitz = 0}; }
  EstimatorTraits traits() const { return {.smooth = noise == 0, .noisy = noise > 0}; }
  ExpressionText expression() const { return {"1+noise*(2*r-1)", {{"noise", noise}}}; }
  std::optional<double> reciprocal_integral(double u) const { return u; }
  std::optional<double> reciprocal_integral_inverse(double f) const { return f; }
};

}  // namespace

EstimatorRegistry::Entry stochastic_ste() {
  return periodic_entry(
      {.name = "stochastic-ste",
       .summary = "Straight-through with noise: each gradient times a random factor of mean 1.",
       .formula = "q = 1 + noise (2 r - 1), r uniform in [0, 1), drawn for every weight and step",
       .citation = "a negative control: outside the class of Schoenbauer et al., arXiv:2405.05171",
       .parameters = {{.name = "noise",
                       .fallback = Value(0.5),
                       .meaning = "half width of the factor's range, dimensionless; 0 is the STE",
                       .min = 0,
                       .max = 1,
                       .max_excluded = true}},
       .elsewhere = {{.library = "oscillations-qat",
                      .name = "stochastic STE",
                      .here = "",
                      .remark = "there that name means stochastic rounding in the forward pass; here it "
                                "is noise on the gradient"}}},
      [](const Parameters& p, const Grid&) { return StochasticSte{p.number("noise")}; });
}

}  // namespace steq::estimators

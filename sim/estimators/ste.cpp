// SPDX-License-Identifier: MIT
// The straight-through estimator: q = 1.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

struct Ste {
  static constexpr bool kFlat = true;

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u.setOnes();
  }
  double rise(double u) const { return u; }
  EstimatorBounds bounds() const { return {.lower = 1, .upper = 1, .lipschitz = 0}; }
  EstimatorTraits traits() const { return {}; }
  std::optional<double> reciprocal_integral(double u) const { return u; }
  std::optional<double> reciprocal_integral_inverse(double f) const { return f; }
  ExpressionText expression() const { return {"1"}; }
  ClosedForm closed_form() const { return {"1", "u"}; }
};

constexpr const char* kHalfBin =
    "there the gradient passes up to half a bin beyond the outermost levels: 1 in place of 0 where W < |w| < W + delta "
    "/ 2";

}  // namespace

EstimatorRegistry::Entry ste() {
  return periodic_entry(
      {.name = "ste",
       .summary = "Straight-through: the gradient passes unchanged.",
       .formula = "q(u) = 1",
       .citation = "Bengio, Leonard, Courville, arXiv:1308.3432",
       .parameters = {},
       .elsewhere = {{.library = "larq", .name = "ste_sign", .here = "ste", .remark = "on sign:range=1"},
                     {.library = "Brevitas", .name = "round_ste with clamp_ste", .here = "ste:gate=none", .remark = ""},
                     {.library = "torch", .name = "fake_quantize", .here = "ste", .remark = kHalfBin},
                     {.library = "Brevitas", .name = "round_ste, then a clamp", .here = "ste", .remark = kHalfBin}}},
      [](const Parameters&, const Grid&) { return Ste{}; });
}

}  // namespace steq::estimators

// SPDX-License-Identifier: MIT
// Element-wise gradient scaling: more where a step leads w back to its level, less where it leads on to the threshold.
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

struct Ewgs {
  double scaling;  ///< of w - Q(w) in units of the grid spacing

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
  ExpressionText expression() const { return {"1+scaling*g*(u-(u<0?-0.5:0.5))", {{"scaling", scaling}}}; }
  std::optional<double> reciprocal_integral(double u) const { return u; }
  std::optional<double> reciprocal_integral_inverse(double f) const { return f; }
};

/// The range is as many grid spacings long as the grid has intervals.
double per_bin(const Parameters& p, const Grid& grid) {
  return p.number("delta") / (p.text("unit") == "range" ? static_cast<double>(grid.intervals()) : 1);
}

}  // namespace

EstimatorRegistry::Entry ewgs() {
  return periodic_entry(
      {.name = "ewgs",
       .summary = "Element-wise gradient scaling: depends on the gradient's sign and on w - Q(w).",
       .formula = "q = 1 + delta sgn(g) (w - Q(w)) / (2 W) with unit=range, as the cited authors have it\n"
                  "q = 1 + delta sgn(g) (w - Q(w)) / grid spacing with unit=bin, the default; g is the gradient",
       .citation = "Lee, Kim, Ham, arXiv:2104.00903",
       .parameters = {{.name = "delta",
                       .fallback = Value(0.2),
                       .meaning = "scaling factor, dimensionless; 0 is the STE",
                       .min = 0,
                       .max = 2,
                       .max_excluded = true},
                      {.name = "unit",
                       .kind = Kind::text,
                       .fallback = Value("bin"),
                       .meaning = "the length in which w - Q(w) is measured: the grid spacing, or the range 2 W",
                       .words = {"bin", "range"}}},
       .convention =
           "The cited authors map weights to [0, 1] and measure w - Q(w) there: that is unit=range. By default "
           "the unit is the grid spacing, and the same delta acts 2^bits - 1 times as strongly: 3, 15 and 255 "
           "times at 2, 4 and 8 bits.",
       .elsewhere =
           {{.library = "EWGS, the authors' code",
             .name = "EWGS_discretizer",
             .here = "ewgs:unit=range,delta=FACTOR",
             .remark = "FACTOR is its scaling factor of the backward pass"},
            {.library = "oscillations-qat", .name = "EWGS", .here = "ewgs:delta=0.2", .remark = "0.2 is its default"}}},
      [](const Parameters& p, const Grid& grid) { return Ewgs{per_bin(p, grid)}; });
}

}  // namespace steq::estimators

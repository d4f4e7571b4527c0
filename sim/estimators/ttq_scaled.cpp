// SPDX-License-Identifier: MIT
// Trained ternary quantization's own: the gradient times the scale of the region in which the weight lies.
#include "sim/estimators/global_shape.hpp"

namespace steq::estimators {
namespace {

/// Where the numbers of the grid stand, and what they are on the grid for which the estimator was made.
struct TtqScaled {
  static constexpr bool kEnclosable = false;

  std::size_t threshold, positive, negative;
  std::vector<double> own;

  template <class Array>
  void evaluate(Array& w, std::span<const double> numbers) const {
    using T = typename Array::Scalar;
    const T d = static_cast<T>(numbers[threshold]);
    const Array one = Array::Constant(w.size(), T(1));
    w = (w > d)
            .select(static_cast<T>(numbers[positive]), (w < -d).select(static_cast<T>(numbers[negative]), one).eval())
            .eval();
  }
  template <class Array>
  void evaluate(Array& w) const {
    evaluate(w, std::span<const double>(own));
  }

  double rise(double w) const { return piecewise(w, own[positive], own[negative]); }
  EstimatorBounds bounds() const {
    return {.lower = std::min({1.0, own[positive], own[negative]}),
            .upper = std::max({1.0, own[positive], own[negative]}),
            .lipschitz = kInfinity};
  }
  EstimatorTraits traits() const { return {.periodic = false, .smooth = false}; }
  ExpressionText expression() const { return {"w>threshold?positive:w<-threshold?negative:1"}; }
  std::optional<double> reciprocal_rise(double w) const { return piecewise(w, 1 / own[positive], 1 / own[negative]); }
  std::vector<double> kinks() const { return {-own[threshold], own[threshold]}; }
  std::vector<std::string> remarks() const {
    return {
        "With scales and threshold frozen it is an STE in disguise: alpha is 1, and M(w) is w where |w| <= D, D + (w "
        "- D) / W_p above, -D - (|w| - D) / W_n below."};
  }

 private:
  /// The integral from 0 of 1 inside and of the two slopes outside.
  double piecewise(double w, double above, double below) const {
    const double d = own[threshold], inside = std::min(std::abs(w), d), outside = std::abs(w) - inside;
    return std::copysign(inside + outside * (w > 0 ? above : below), w);
  }
};

std::size_t number_of(const Grid& grid, const std::string& name) {
  if (const auto place = grid.number_of(name)) return *place;
  throw ParameterError("", "is not allowed: it reads the grid parameter " + name +
                               ", which this quantizer does not have; allowed: quantizer ttq, or another estimator");
}

}  // namespace

EstimatorRegistry::Entry ttq_scaled() {
  return global_entry({.name = "ttq-scaled",
                       .summary = "Trained ternary quantization: the gradient times W_p, 1 or W_n, by region.",
                       .formula = "q(w) = W_p for w > D, W_n for w < -D, else 1",
                       .citation = "Zhu et al., arXiv:1612.01064, section 4",
                       .parameters = {},
                       .needs = "ttq"},
                      [](const Parameters&, const Grid& grid) {
                        return TtqScaled{number_of(grid, "threshold"), number_of(grid, "positive"),
                                         number_of(grid, "negative"), grid.numbers};
                      });
}

}  // namespace steq::estimators

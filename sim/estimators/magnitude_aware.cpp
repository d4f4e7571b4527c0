// SPDX-License-Identifier: MIT
// Straight-through, times the mean magnitude of the layer's weights.
#include "sim/estimators/periodic.hpp"
#include "sim/quantizers/magnitudes.hpp"

namespace steq::estimators {
namespace {

struct MagnitudeAware {
  static constexpr bool kFlat = true;

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u.setOnes();
  }
  /// Of weights uniform in [-W, W] the mean magnitude is W / 2.
  double factor(double, double, const BlockPlace& place, std::size_t) const {
    const double magnitude = place.estimator.empty() ? 0 : place.estimator[0];
    return magnitude > 0 ? 2 * magnitude / place.frame.range() : 1;
  }
  std::vector<GridParameter> parameters() const {
    return {{.name = "magnitude", .meaning = "mean of |w| over the tensor, in weight units"}};
  }
  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    numbers[0] = mean_magnitude(w);
  }
  double rise(double u) const { return u; }
  EstimatorBounds bounds() const { return {.lower = 0, .upper = kInfinity, .lipschitz = 0}; }
  EstimatorTraits traits() const { return {.layer_wide = true}; }
  ExpressionText expression() const { return {"magnitude>0?2*magnitude/W:1"}; }
  std::optional<double> reciprocal_integral(double u) const { return u; }
  std::optional<double> reciprocal_integral_inverse(double f) const { return f; }
};

}  // namespace

EstimatorRegistry::Entry magnitude_aware() {
  return periodic_entry(
      {.name = "magnitude-aware",
       .summary = "Straight-through, times the mean of |w| over the layer in units of W / 2.",
       .formula = "q(w) = 2 mean(|w|) / W, the mean over the layer's tensor; 1 for weights uniform in [-W, W]",
       .citation = "Bi-Real Net, Liu et al., arXiv:1808.00278, section 3",
       .parameters = {},
       .convention = "The cited paper has q = mean(|w|) with W = 1, without the factor 2, and one mean a filter.",
       .elsewhere = {{.library = "larq",
                      .name = "magnitude_aware_sign",
                      .here = "magnitude-aware",
                      .remark =
                          "on sign:range=1; there q = mean |w| of each output channel, without the factor 2 / W, and "
                          "the values of the forward pass are scaled by it too"}}},
      [](const Parameters&, const Grid&) { return MagnitudeAware{}; });
}

}  // namespace steq::estimators

// SPDX-License-Identifier: MIT
// Straight-through inside a scaling whose ends are the smallest and the largest weight: these take up what they do to all.
#include <algorithm>

#include "sim/core/sums.hpp"
#include "sim/estimators/global_shape.hpp"

namespace steq::estimators {
namespace {

struct ThroughScaling {
  enum Gathered : std::size_t { kPull, kLowest, kHighest, kCount };

  std::size_t width;  ///< where it stands among the grid parameters

  template <class Array>
  void evaluate(Array& w) const {
    w = Array::Constant(w.size(), typename Array::Scalar(1));
  }

  std::size_t gathered() const { return kCount; }
  /// The pull E and the two weights, by flat index. Where all weights are so alike that the scale is 1, nothing moves it.
  template <class T>
  void gather(const GroupGradients<T>& group, std::span<double> numbers) const {
    const auto [low, high] = std::ranges::minmax_element(group.w);
    const auto highest = std::ranges::find(group.w, *high);
    const double scale = group.grid[width];
    const bool moves = double{*high} - double{*low} == scale;
    numbers[kPull] =
        !moves ? 0 : group.factor * pairwise_sum(0, group.w.size(), [&](std::size_t i) {
                       return double{group.gradient[i]} * ((double{group.value[i]} - double{group.w[i]}) / scale);
                     });
    numbers[kLowest] = static_cast<double>(group.first + static_cast<std::size_t>(low - group.w.begin()));
    numbers[kHighest] = static_cast<double>(group.first + static_cast<std::size_t>(highest - group.w.begin()));
  }
  template <class T>
  void hand_over(std::span<T> gradient, const BlockPlace& place) const {
    const T pull = static_cast<T>(place.gathered[kPull]);
    const auto lowest = static_cast<std::size_t>(place.gathered[kLowest]);
    const auto highest = static_cast<std::size_t>(place.gathered[kHighest]);
    if (lowest == highest) return;
    if (lowest - place.first < gradient.size()) gradient[lowest - place.first] -= pull;
    if (highest - place.first < gradient.size()) gradient[highest - place.first] += pull;
  }

  ExpressionText expression() const { return {"1"}; }
  double rise(double w) const { return w; }
  EstimatorBounds bounds() const { return {.lower = 1, .upper = 1, .lipschitz = 0}; }
  EstimatorTraits traits() const { return {.periodic = false, .coupled = true}; }
  std::optional<double> reciprocal_rise(double w) const { return w; }
  std::vector<std::string> remarks() const {
    return {
        "Away from the smallest and the largest weight of a bucket this is ste; those two see the gradients of all."};
  }
};

}  // namespace

EstimatorRegistry::Entry through_scaling() {
  return global_entry(
      {.name = "through-scaling",
       .summary =
           "Straight-through inside the scaling of a bucket: its smallest and largest weight also move the scale.",
       .formula =
           "dL/dw_j = g_j + E where w_j is the largest of its bucket, g_j - E where it is the smallest, else g_j; "
           "g = dL/dQ(w), E = sum over the bucket of g_i (Q(w_i) - w_i) / width",
       .citation = "Polino, Pascanu, Alistarh, arXiv:1802.05668, and the code published with it",
       .parameters = {},
       .needs = "bucketed"},
      [](const Parameters&, const Grid& grid) {
        if (grid.names == std::vector<std::string>{"low", "width"}) return ThroughScaling{*grid.number_of("width")};
        throw ParameterError("",
                             "is not allowed: no scale of its own decides where the levels of this quantizer lie; "
                             "allowed: quantizer bucketed, or another estimator");
      });
}

}  // namespace steq::estimators

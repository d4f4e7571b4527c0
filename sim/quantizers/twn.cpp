// SPDX-License-Identifier: MIT
// Ternary weight networks: -a, 0, a with a threshold; both follow the weights.
#include "sim/quantizers/magnitudes.hpp"
#include "sim/quantizers/per.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/three_levels.hpp"

namespace steq::quantizers {
namespace {

constexpr double kThresholdShare = 0.7;  ///< of the mean magnitude, as the cited paper has it

class Twn {
 public:
  Twn(std::size_t group, std::size_t fan_in) : group_(group), usual_(std::sqrt(6.0 / static_cast<double>(fan_in))) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "threshold", .meaning = "D, 0.7 times the mean of |w|, in weight units", .stored = false},
            {.name = "scale", .meaning = "a, the mean of |w| where |w| > D, in weight units"}};
  }
  std::size_t group() const { return group_; }
  Grid grid_at(std::span<const double> numbers) const { return three_levels(numbers[1], numbers[0], numbers[1]); }
  GridFrame frame_at(std::span<const double> numbers) const { return {-numbers[1], numbers[1], 0}; }
  std::vector<double> example() const {
    const double threshold = kThresholdShare * usual_ / 2;
    return {threshold, (usual_ + threshold) / 2};
  }

  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    numbers[0] = kThresholdShare * mean_magnitude(w);
    numbers[1] = mean_magnitude_above(numbers[0], w);
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    to_three_levels(place.grid[1], place.grid[0], place.grid[1], w, level, value);
  }

 private:
  std::size_t group_;
  double usual_;  // W of weights uniform in [-W, W]
};

}  // namespace

QuantizerRegistry::Entry twn() {
  return quantizer_entry(
      {.name = "twn",
       .summary = "Ternary weight networks: -a, 0, a with a threshold D, both from the weights.",
       .formula = "Q(w) = a sgn(w) where |w| > D, else 0; D = 0.7 mean |w|, a = mean of |w| above D",
       .citation = "Li, Zhang, Liu, arXiv:1605.04711",
       .parameters = {per_parameter()},
       .aliases = {{"ternary-weight-networks"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) { return Twn(group_of(p, tensor), tensor.fan_in); });
}

}  // namespace steq::quantizers

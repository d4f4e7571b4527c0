// SPDX-License-Identifier: MIT
// DoReFa: even levels in [-1, 1] of the weight's hyperbolic tangent.
#include "sim/core/within.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

class Dorefa {
 public:
  Dorefa(int bits, const TensorShape& tensor)
      : intervals_((1 << bits) - 1), usual_(std::tanh(std::sqrt(6.0 / static_cast<double>(tensor.fan_in)))) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "largest", .meaning = "m, the largest |tanh w|, without a unit"}};
  }
  std::size_t group() const { return 0; }
  Grid grid_at(std::span<const double> numbers) const {
    Grid grid{.levels = {}, .thresholds = {}, .range = 1, .delta = 0, .clips = false};
    for (int j = 0; j <= intervals_; ++j) grid.levels.push_back(2.0 * j / intervals_ - 1);
    for (int j = 0; j < intervals_; ++j)
      grid.thresholds.push_back(std::atanh(numbers[0] * ((2.0 * j + 1) / intervals_ - 1)));
    return grid;
  }
  GridFrame frame_at(std::span<const double>) const { return {-1, 1, 0}; }
  std::vector<double> example() const { return {usual_}; }

  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    double largest = 0;
    for (const T x : w) largest = std::max(largest, std::abs(double{x}));
    numbers[0] = largest > 0 ? std::tanh(largest) : 1;
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    const T largest = static_cast<T>(place.grid[0]), steps = static_cast<T>(intervals_);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const T share = std::tanh(w[i]) / (2 * largest) + T(0.5);
      const T index = std::nearbyint(within(share * steps, T(0), steps));
      level[i] = static_cast<Level>(index);
      value[i] = static_cast<T>(2.0 * level[i] / intervals_ - 1);
    }
  }

  /// Of tanh(w) / m: the largest stands still.
  template <class T>
  void multiply_slope(std::span<const T> w, std::span<T> gradient, const BlockPlace& place) const {
    const T largest = static_cast<T>(place.grid[0]);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const T tanh = std::tanh(w[i]);
      gradient[i] *= (1 - tanh * tanh) / largest;
    }
  }

 private:
  int intervals_;
  double usual_;
};

}  // namespace

QuantizerRegistry::Entry dorefa() {
  return quantizer_entry(
      {.name = "dorefa",
       .summary = "Even levels in [-1, 1] of tanh w in units of the largest; the gradient takes the slope of the tanh "
                  "along.",
       .formula = "Q(w) = 2 / S round(S (tanh w / (2 m) + 1/2)) - 1, S = 2^bits - 1, m = max |tanh w|, half to even; "
                  "dL/dw = q dL/dQ (1 - tanh^2 w) / m",
       .citation = "Zhou et al., arXiv:1606.06160, section 2.3",
       .parameters = {bits_parameter(1)},
       .aliases = {{"dorefa-net"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        require_weights(tensor);
        return Dorefa(static_cast<int>(p.integer("bits")), tensor);
      });
}

}  // namespace steq::quantizers

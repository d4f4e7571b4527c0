// SPDX-License-Identifier: MIT
// Two levels, -a and a; a follows the mean magnitude of the weights.
#include "sim/quantizers/magnitudes.hpp"
#include "sim/quantizers/per.hpp"
#include "sim/quantizers/quantizer_rule.hpp"

namespace steq::quantizers {
namespace {

class Xnor {
 public:
  Xnor(std::size_t group, std::size_t fan_in)
      : group_(group), usual_(std::sqrt(6.0 / static_cast<double>(fan_in)) / 2) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "scale", .meaning = "a, the mean of |w|, in weight units"}};
  }
  std::size_t group() const { return group_; }
  Grid grid_at(std::span<const double> numbers) const {
    const double a = numbers[0];
    return {.levels = {-a, a}, .thresholds = {0}, .range = a, .delta = 2 * a, .clips = false};
  }
  GridFrame frame_at(std::span<const double> numbers) const { return {-numbers[0], numbers[0], 2 * numbers[0]}; }
  std::vector<double> example() const { return {usual_}; }

  template <class T>
  void fit(std::span<const T> w, std::span<const T> curvature, std::span<double> numbers) const {
    numbers[0] = curvature.empty() ? mean_magnitude(w) : mean_magnitude(w, curvature);
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    const T a = static_cast<T>(place.grid[0]);
    for (std::size_t i = 0; i < w.size(); ++i) {
      level[i] = w[i] >= 0 ? Level{1} : Level{0};
      value[i] = w[i] >= 0 ? a : -a;
    }
  }

 private:
  std::size_t group_;
  double usual_;  // of weights uniform in [-sqrt(6 / fan_in), sqrt(6 / fan_in)]
};

}  // namespace

QuantizerRegistry::Entry xnor() {
  return quantizer_entry(
      {.name = "xnor",
       .summary = "Two levels, -a and a, where a is the mean of |w|; sign(0) = +1.",
       .formula = "Q(w) = a for w >= 0, else -a; a = mean |w|, or with curvature d sum of d |w| over sum of d",
       .citation = "Rastegari et al., arXiv:1603.05279",
       .parameters = {per_parameter()},
       .aliases = {{"xnor-net"}, {"bwn"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) { return Xnor(group_of(p, tensor), tensor.fan_in); });
}

}  // namespace steq::quantizers

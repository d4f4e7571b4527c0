// SPDX-License-Identifier: MIT
// Three levels, -s, 0, s; s follows the mean magnitude of the weights.
#include "sim/quantizers/magnitudes.hpp"
#include "sim/quantizers/per.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/whole_steps.hpp"

namespace steq::quantizers {
namespace {

class AbsmeanTernary {
 public:
  AbsmeanTernary(std::size_t group, std::size_t fan_in)
      : group_(group), usual_(std::sqrt(6.0 / static_cast<double>(fan_in)) / 2) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "scale", .meaning = "s, the mean of |w|, in weight units"}};
  }
  std::size_t group() const { return group_; }
  Grid grid_at(std::span<const double> numbers) const {
    Grid grid = kSteps.grid(numbers[0]);
    grid.clips = false;
    return grid;
  }
  GridFrame frame_at(std::span<const double> numbers) const { return kSteps.frame(numbers[0]); }
  std::vector<double> example() const { return {usual_}; }

  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    numbers[0] = mean_magnitude(w);
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    if (place.grid[0] > 0) return kSteps.quantize(place.grid[0], w, level, value);
    std::ranges::fill(level, Level{1});
    std::ranges::fill(value, T(0));
  }

 private:
  static constexpr WholeSteps kSteps{-1, 1};
  std::size_t group_;
  double usual_;  // of weights uniform in [-sqrt(6 / fan_in), sqrt(6 / fan_in)]
};

}  // namespace

QuantizerRegistry::Entry absmean_ternary() {
  return quantizer_entry(
      {.name = "absmean-ternary",
       .summary = "Three levels, -s, 0, s, where s is the mean of |w|; a group of zeros has level 0.",
       .formula = "Q(w) = s clip(round(w / s), -1, 1), s = mean |w|, half to even",
       .citation = "Ma et al., arXiv:2402.17764",
       .parameters = {per_parameter()},
       .aliases = {{"ternary"}, {"bitnet"}, {"absmean"}, {"b1.58"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        return AbsmeanTernary(group_of(p, tensor), tensor.fan_in);
      });
}

}  // namespace steq::quantizers

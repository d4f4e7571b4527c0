// SPDX-License-Identifier: MIT
// Random rounding to -1, 0 and 1 that keeps the mean.
#include <array>

#include "sim/core/random.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/require_weights.hpp"
#include "sim/quantizers/whole_steps.hpp"

namespace steq::quantizers {
namespace {

class RandomTernary {
 public:
  const Grid& grid() const { return grid_; }
  bool noisy() const { return true; }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    kSteps.quantize(1, w, level, value);
    if (!place.hard) draw(w, value, place);
  }

 private:
  template <class T>
  static void draw(std::span<const T> w, std::span<T> value, const BlockPlace& place) {
    std::array<double, kBlock> share;
    draw_uniform(place, Purpose::quantizer_noise, std::span(share).first(w.size()));
    for (std::size_t i = 0; i < w.size(); ++i)
      value[i] = share[i] < std::abs(double{w[i]}) ? std::copysign(T(1), w[i]) : T(0);
  }

  static constexpr WholeSteps kSteps{-1, 1};
  Grid grid_ = [] {
    Grid grid = kSteps.grid(1);
    grid.clips = false;
    return grid;
  }();
};

}  // namespace

QuantizerRegistry::Entry random_ternary() {
  return quantizer_entry(
      {.name = "random-ternary",
       .summary = "-1, 0 or 1 at random in training, so that the mean is w where |w| < 1; tested with the nearest.",
       .formula = "P(Q(w) = sgn w) = min(|w|, 1), else 0; at inference the nearest of -1, 0, 1, half to even",
       .citation = "Lin et al., arXiv:1510.03009, section 3",
       .parameters = {},
       .aliases = {{"stochastic-ternary"}, {"ternaryconnect"}},
       .needs = "weights"},
      [](const Parameters&, const TensorShape& tensor) {
        require_weights(tensor);
        return RandomTernary();
      });
}

}  // namespace steq::quantizers

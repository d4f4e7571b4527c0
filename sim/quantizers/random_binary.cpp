// SPDX-License-Identifier: MIT
// Random rounding to -1 and 1 that keeps the mean.
#include <array>

#include "sim/core/random.hpp"
#include "sim/core/within.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

class RandomBinary {
 public:
  const Grid& grid() const { return grid_; }
  bool noisy() const { return true; }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    for (std::size_t i = 0; i < w.size(); ++i) {
      level[i] = w[i] >= 0 ? Level{1} : Level{0};
      value[i] = w[i] >= 0 ? T(1) : T(-1);
    }
    if (!place.hard) draw(w, value, place);
  }

 private:
  template <class T>
  static void draw(std::span<const T> w, std::span<T> value, const BlockPlace& place) {
    std::array<double, kBlock> share;
    draw_uniform(place, Purpose::quantizer_noise, std::span(share).first(w.size()));
    for (std::size_t i = 0; i < w.size(); ++i)
      value[i] = share[i] < within((double{w[i]} + 1) / 2, 0.0, 1.0) ? T(1) : T(-1);
  }

  Grid grid_{.levels = {-1, 1}, .thresholds = {0}, .range = 1, .delta = 2, .clips = false};
};

}  // namespace

QuantizerRegistry::Entry random_binary() {
  return quantizer_entry(
      {.name = "random-binary",
       .summary = "-1 or 1 at random in training, so that the mean is w where |w| < 1; tested with the sign.",
       .formula = "P(Q(w) = 1) = clip((w + 1) / 2, 0, 1), else -1; at inference 1 where w >= 0, else -1",
       .citation = "Courbariaux, Bengio, David, arXiv:1511.00363, section 2.3",
       .parameters = {},
       .aliases = {{"stochastic-binary"}, {"binaryconnect"}},
       .needs = "weights"},
      [](const Parameters&, const TensorShape& tensor) {
        require_weights(tensor);
        return RandomBinary();
      });
}

}  // namespace steq::quantizers

// SPDX-License-Identifier: MIT
// No quantizer: the forward pass uses the latent weights.
#include <algorithm>

#include "sim/quantizers/quantizer_rule.hpp"

namespace steq::quantizers {
namespace {

class None {
 public:
  static constexpr bool kHasLevels = false;

  const Grid& grid() const { return grid_; }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace&) const {
    std::ranges::copy(w, value.begin());
    std::ranges::fill(level, Level{0});
  }

 private:
  Grid grid_{.levels = {0}, .thresholds = {}, .range = 0, .clips = false};
};

}  // namespace

QuantizerRegistry::Entry none() {
  return quantizer_entry({.name = "none",
                          .summary = "Full precision: no levels, no change points, and no estimator.",
                          .formula = "Q(w) = w",
                          .citation = "",
                          .parameters = {},
                          .aliases = {{"float"}, {"full-precision"}, {"fp32"}, {"identity"}}},
                         [](const Parameters&, const TensorShape&) { return None{}; });
}

}  // namespace steq::quantizers

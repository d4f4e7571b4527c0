// SPDX-License-Identifier: MIT
// Q(w) = W where w >= 0, else -W.
#include "sim/quantizers/quantizer_rule.hpp"

namespace steq::quantizers {
namespace {

class Sign {
 public:
  explicit Sign(double range)
      : grid_{.levels = {-range, range}, .thresholds = {0}, .range = range, .delta = 2 * range} {}

  const Grid& grid() const { return grid_; }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace&) const {
    const T range = static_cast<T>(grid_.range);
    for (std::size_t i = 0; i < w.size(); ++i) {
      level[i] = w[i] >= 0 ? Level{1} : Level{0};
      value[i] = w[i] >= 0 ? range : -range;
    }
  }

 private:
  Grid grid_;
};

}  // namespace

QuantizerRegistry::Entry sign() {
  return quantizer_entry({.name = "sign",
                          .summary = "Two levels, -W and W, with one threshold at 0; sign(0) = +1.",
                          .formula = "Q(w) = W for w >= 0, else -W",
                          .citation = "Courbariaux et al., arXiv:1602.02830",
                          .parameters = {range_parameter()},
                          .aliases = {{"binary"}, {"bipolar"}}},
                         [](const Parameters& p, const TensorShape& tensor) { return Sign(resolve_range(p, tensor)); });
}

}  // namespace steq::quantizers

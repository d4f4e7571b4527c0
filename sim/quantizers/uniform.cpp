// SPDX-License-Identifier: MIT
// Q(w) = delta * round((clip(w, -W, W) + W) / delta) - W, half to even; delta = 2 W / N, N = 2^bits - 1.
#include <cmath>

#include "sim/core/within.hpp"
#include "sim/quantizers/quantizer_rule.hpp"

namespace steq::quantizers {
namespace {

class Uniform {
 public:
  Uniform(int bits, double range) {
    const int intervals = (1 << bits) - 1, middle = (intervals - 1) / 2;
    grid_.range = range;
    grid_.delta = 2 * range / intervals;
    for (int j = 0; j <= intervals; ++j) grid_.levels.push_back(j * grid_.delta - range);
    for (int j = 0; j < intervals; ++j) grid_.thresholds.push_back((j - middle) * grid_.delta);
  }

  const Grid& grid() const { return grid_; }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace&) const {
    const T range = static_cast<T>(grid_.range), delta = static_cast<T>(grid_.delta);
    const T half = static_cast<T>(grid_.intervals()) / 2;
    for (std::size_t i = 0; i < w.size(); ++i) {
      // (x + W) / delta, written so that x = 0 is an exact tie whatever W is.
      const T index = std::nearbyint(within(w[i], -range, range) / delta + half);
      level[i] = static_cast<Level>(index);
      value[i] = delta * index - range;
    }
  }

 private:
  Grid grid_;
};

}  // namespace

QuantizerRegistry::Entry uniform() {
  return quantizer_entry({.name = "uniform",
                          .summary = "Equidistant levels from -W to W, including both; no zero level.",
                          .formula = "Q(w) = delta round((clip(w, -W, W) + W) / delta) - W, half to even; "
                                     "delta = 2 W / (2^bits - 1)",
                          .citation = "Schoenbauer et al., arXiv:2405.05171",
                          .parameters = {bits_parameter(1), range_parameter()},
                          .aliases = {{"symmetric"}, {"affine"}, {"minmax"}}},
                         [](const Parameters& p, const TensorShape& tensor) {
                           return Uniform(static_cast<int>(p.integer("bits")), resolve_range(p, tensor));
                         });
}

}  // namespace steq::quantizers

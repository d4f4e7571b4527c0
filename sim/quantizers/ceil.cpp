// SPDX-License-Identifier: MIT
// The quantized ReLU: 0 for what is not positive, else rounded up.
#include <cmath>

#include "sim/core/within.hpp"
#include "sim/quantizers/quantizer_rule.hpp"

namespace steq::quantizers {
namespace {

class Ceil {
 public:
  Ceil(int bits, double scale) : scale_(scale), highest_((1 << bits) - 1) {
    grid_.range = highest_ * scale / 2;
    grid_.clips = false;
    for (int j = 0; j <= highest_; ++j) grid_.levels.push_back(j * scale);
    grid_.thresholds.assign(grid_.levels.begin(), grid_.levels.end() - 1);
  }

  const Grid& grid() const { return grid_; }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace&) const {
    const T scale = static_cast<T>(scale_), high = static_cast<T>(highest_);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const T index = within(std::ceil(w[i] / scale), T(0), high);
      level[i] = static_cast<Level>(index);
      value[i] = index * scale;
    }
  }

 private:
  double scale_;
  int highest_;
  Grid grid_;
};

}  // namespace

QuantizerRegistry::Entry ceil() {
  return quantizer_entry(
      {.name = "ceil",
       .summary = "The quantized ReLU: 0 for what is not positive, else rounded up to a multiple of the scale.",
       .formula = "Q(x) = s clip(ceil(x / s), 0, 2^bits - 1)",
       .citation = "Long, Yin, Xin, arXiv:2011.11256",
       .parameters = {bits_parameter(1),
                      {.name = "scale",
                       .fallback = Value(1.0),
                       .meaning = "s, from one level to the next, in units of x",
                       .min = 1e-9,
                       .max = 1e6}},
       .aliases = {{"quantized-relu"}, {"qrelu"}}},
      [](const Parameters& p, const TensorShape&) {
        return Ceil(static_cast<int>(p.integer("bits")), p.number("scale"));
      });
}

}  // namespace steq::quantizers

// SPDX-License-Identifier: MIT
// The slopes that belong to the quantized ReLU: functions of x in units of its scale, 0 where x is not positive.
#pragma once

#include "sim/nn/surrogate.hpp"

namespace steq::surrogates {

/// A slope of z = x / scale > 0; `top` is the number of steps, 2^bits - 1.
template <class Slope>
struct OfQuantizedRelu {
  Slope slope;
  double scale, top;

  template <class T>
  void apply(std::span<T> x, const BlockPlace&) const {
    const T unit = static_cast<T>(scale), q = static_cast<T>(top);
    for (T& value : x) value = value > 0 ? slope(value / unit, q) : T(0);
  }
};

/// ParameterError where the grid is not that of `ceil`.
template <class Slope>
SurrogateRegistry::Entry quantized_relu_entry(PluginInfo info, Slope slope) {
  info.needs = "ceil";
  info.citation = "Long, Yin, Xin, arXiv:2011.11256";
  return surrogate_entry(std::move(info), [slope](const Parameters&, const Grid& grid) {
    if (!grid.rounds_up())
      throw ParameterError("",
                           "is not allowed: it is a slope of the quantized ReLU; allowed: quantizer ceil, or the "
                           "surrogates identity and saturated");
    return OfQuantizedRelu<Slope>{slope, grid.levels[1], static_cast<double>(grid.intervals())};
  });
}

}  // namespace steq::surrogates

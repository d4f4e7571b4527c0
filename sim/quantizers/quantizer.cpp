// SPDX-License-Identifier: MIT
#include "sim/quantizers/quantizer.hpp"

#include <cmath>

namespace steq {

Level Quantizer::level_of(double w) const {
  Level level = 0;
  double value = 0;
  quantize(std::span<const double>(&w, 1), std::span<Level>(&level, 1), std::span<double>(&value, 1), BlockPlace{});
  return level;
}

double resolve_range(const Parameters& parameters, std::size_t fan_in) {
  if (parameters.is_word("range")) return std::sqrt(6.0 / static_cast<double>(fan_in));
  return parameters.number("range");
}

ParameterInfo range_parameter() {
  return {.name = "range",
          .kind = Kind::number,
          .fallback = Value("fan-in"),
          .meaning = "W, the outermost level, in weight units; fan-in: sqrt(6 / fan_in) of the layer",
          .min = 1e-6,
          .max = 1e6,
          .words = {"fan-in"}};
}

}  // namespace steq

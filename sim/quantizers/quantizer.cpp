// SPDX-License-Identifier: MIT
#include "sim/quantizers/quantizer.hpp"

#include <cmath>

namespace steq {

Level Quantizer::level_of(double w) const {
  if (moves()) return grid().level_at(w);
  Level level = 0;
  double value = 0;
  quantize(std::span<const double>(&w, 1), std::span<Level>(&level, 1), std::span<double>(&value, 1), {});
  return level;
}

double resolve_range(const Parameters& parameters, const TensorShape& tensor) {
  if (!parameters.is_word("range")) return parameters.number("range");
  if (tensor.activations) throw ParameterError("range", "\"fan-in\" is not allowed for activations; allowed: a number");
  return std::sqrt(6.0 / static_cast<double>(tensor.fan_in));
}

ParameterInfo bits_parameter(int least) {
  return {.name = "bits",
          .kind = Kind::integer,
          .fallback = Value(std::int64_t{2}),
          .meaning = "bits a weight; 2^bits levels",
          .min = static_cast<double>(least),
          .max = 8};
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

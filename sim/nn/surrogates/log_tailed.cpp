// SPDX-License-Identifier: MIT
#include "sim/nn/surrogates/quantized_relu.hpp"

namespace steq::surrogates {

SurrogateRegistry::Entry log_tailed() {
  return quantized_relu_entry({.name = "log-tailed",
                               .summary = "A slope of 1 up to the highest level, and the derivative of a logarithm "
                                          "beyond.",
                               .formula = "slope(x) = 1 for 0 < x/s <= q, 1 / (x/s - q + 1) beyond, q = 2^bits - 1",
                               .citation = "",
                               .parameters = {}},
                              []<class T>(T z, T top) { return z > top ? 1 / (z - top + 1) : T(1); });
}

}  // namespace steq::surrogates

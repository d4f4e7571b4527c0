// SPDX-License-Identifier: MIT
#include "sim/nn/surrogates/quantized_relu.hpp"

namespace steq::surrogates {

SurrogateRegistry::Entry relu() {
  return quantized_relu_entry({.name = "relu",
                               .summary = "The gradient passes where x is positive.",
                               .formula = "slope(x) = 1 for x > 0, else 0",
                               .citation = "",
                               .parameters = {}},
                              []<class T>(T, T) { return T(1); });
}

}  // namespace steq::surrogates

// SPDX-License-Identifier: MIT
#include <cmath>

#include "sim/nn/surrogates/quantized_relu.hpp"

namespace steq::surrogates {

SurrogateRegistry::Entry reverse_exponential() {
  return quantized_relu_entry({.name = "reverse-exponential",
                               .summary = "A slope that decays from 1 over as many steps as there are levels.",
                               .formula = "slope(x) = exp(-x / (s q)) for x > 0, q = 2^bits - 1, else 0",
                               .citation = "",
                               .parameters = {}},
                              []<class T>(T z, T top) { return std::exp(-z / top); });
}

}  // namespace steq::surrogates

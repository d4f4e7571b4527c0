// SPDX-License-Identifier: MIT
#include "sim/nn/surrogates/quantized_relu.hpp"

namespace steq::surrogates {

SurrogateRegistry::Entry clipped_relu() {
  return quantized_relu_entry({.name = "clipped-relu",
                               .summary = "The gradient passes where x is positive and below the highest level.",
                               .formula = "slope(x) = 1 for 0 < x/s < q, q = 2^bits - 1, else 0",
                               .citation = "",
                               .parameters = {}},
                              []<class T>(T z, T top) { return z < top ? T(1) : T(0); });
}

}  // namespace steq::surrogates

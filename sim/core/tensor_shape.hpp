// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace steq {

/// What a quantizer must know of what it is made for.
struct TensorShape {
  std::size_t fan_in = 1;
  std::size_t weights = 1;
  std::size_t rows = 1;      ///< outputs: a row holds the weights of one
  bool activations = false;  ///< no tensor of weights, but the values that pass a layer

  std::size_t row() const { return weights / rows; }
};

}  // namespace steq

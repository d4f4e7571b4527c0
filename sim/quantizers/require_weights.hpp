// SPDX-License-Identifier: MIT
#pragma once

#include "sim/core/parameters.hpp"
#include "sim/core/tensor_shape.hpp"

namespace steq {

/// For grids that follow the weights: ParameterError where it is activations that are to be quantized.
inline void require_weights(const TensorShape& tensor) {
  if (tensor.activations)
    throw ParameterError("",
                         "is not allowed for activations: its grid follows a tensor of weights; allowed: uniform, "
                         "sign, integer, fixed-point, ceil or soft-staircase");
}

}  // namespace steq

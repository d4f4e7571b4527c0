// SPDX-License-Identifier: MIT
#pragma once

#include "sim/core/tensor_shape.hpp"

namespace steq {

/// For grids that follow the weights: ParameterError where it is activations that are to be quantized.
void require_weights(const TensorShape& tensor);

}  // namespace steq

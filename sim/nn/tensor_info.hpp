// SPDX-License-Identifier: MIT
// What a network says of the arrays that belong to a learner: the trained tensors, and statistics beside them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/core/tensor_shape.hpp"

namespace steq {

enum class Initialization {
  he_uniform,
  zeros,
  ones,
  normal,        ///< mean 0, of that deviation
  class_blocks,  ///< [out, in]: 1/2 where the input lies in the output's own block of in / out inputs, else 0
};

/// A trained tensor in PyTorch's name and layout: weights OIHW or [out, in], biases [out].
struct TensorInfo {
  std::string name;
  std::vector<std::size_t> dims;
  std::size_t fan_in = 1;
  Initialization initialization = Initialization::zeros;
  bool quantize = false;
  bool trainable = true;  ///< false: no update, no decay
  double deviation = 1;   ///< of a normal start, in weight units

  std::size_t size() const;
  TensorShape shape() const { return {fan_in, size(), dims.empty() ? 1 : dims[0]}; }
};

/// A tensor that is not trained but kept beside the weights (batch norm's running statistics).
struct StatisticInfo {
  std::string name;
  std::size_t size = 0;
  double initial = 0;
};

}  // namespace steq

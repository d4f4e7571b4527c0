// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "sim/nn/tensor_info.hpp"

namespace steq {

/// The values of all tensors of a network, in its order.
using TensorValues = std::vector<std::vector<double>>;

/// He-uniform weights, uniform in [-sqrt(6 / fan_in), sqrt(6 / fan_in)), biases 0, norm weights 1: a pure function of
/// the seed and the tensors (He et al., arXiv:1502.01852, section 2.2, with a uniform density).
TensorValues draw_initial_weights(const std::vector<TensorInfo>& tensors, std::uint64_t seed);

}  // namespace steq

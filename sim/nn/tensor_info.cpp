// SPDX-License-Identifier: MIT
#include "sim/nn/tensor_info.hpp"

#include <functional>
#include <numeric>

namespace steq {

std::size_t TensorInfo::size() const {
  return std::accumulate(dims.begin(), dims.end(), std::size_t{1}, std::multiplies<>());
}

}  // namespace steq

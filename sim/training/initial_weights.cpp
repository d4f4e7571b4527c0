// SPDX-License-Identifier: MIT
#include "sim/training/initial_weights.hpp"

#include <cmath>

#include "sim/core/random.hpp"

namespace steq {
namespace {

std::vector<double> draw(const TensorInfo& tensor, std::uint64_t seed, std::uint32_t index) {
  if (tensor.initialization != Initialization::he_uniform)
    return std::vector(tensor.size(), tensor.initialization == Initialization::ones ? 1.0 : 0.0);
  RandomStream random(seed, Purpose::initial_weights, 0, index);
  const double bound = std::sqrt(6.0 / static_cast<double>(tensor.fan_in));
  std::vector<double> values(tensor.size());
  for (double& value : values) value = bound * (2 * random.uniform() - 1);
  return values;
}

}  // namespace

TensorValues draw_initial_weights(const std::vector<TensorInfo>& tensors, std::uint64_t seed) {
  TensorValues values;
  for (const TensorInfo& tensor : tensors)
    values.push_back(draw(tensor, seed, static_cast<std::uint32_t>(values.size())));
  return values;
}

}  // namespace steq

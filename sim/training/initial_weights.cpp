// SPDX-License-Identifier: MIT
#include "sim/training/initial_weights.hpp"

#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>

#include "sim/core/random.hpp"

namespace steq {
namespace {

std::vector<double> draw_uniform(const TensorInfo& tensor, RandomStream random) {
  const double bound = std::sqrt(6.0 / static_cast<double>(tensor.fan_in));
  std::vector<double> values(tensor.size());
  for (double& value : values) value = bound * (2 * random.uniform() - 1);
  return values;
}

std::vector<double> draw_normal(const TensorInfo& tensor, RandomStream random) {
  boost::random::normal_distribution<double> normal(0, tensor.deviation);
  std::vector<double> values(tensor.size());
  for (double& value : values) value = normal(random);
  return values;
}

std::vector<double> class_blocks(const TensorInfo& tensor) {
  const std::size_t out = tensor.dims[0], in = tensor.size() / out, block = in / out;
  std::vector<double> values(tensor.size());
  for (std::size_t o = 0; o < out; ++o)
    std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(o * in + o * block), block, 0.5);
  return values;
}

std::vector<double> draw(const TensorInfo& tensor, std::uint64_t seed, std::uint32_t index) {
  const RandomStream random(seed, Purpose::initial_weights, 0, index);
  switch (tensor.initialization) {
    case Initialization::he_uniform:
      return draw_uniform(tensor, random);
    case Initialization::zeros:
      return std::vector<double>(tensor.size());
    case Initialization::ones:
      return std::vector<double>(tensor.size(), 1.0);
    case Initialization::normal:
      return draw_normal(tensor, random);
    case Initialization::class_blocks:
      return class_blocks(tensor);
  }
  return {};
}

}  // namespace

TensorValues draw_initial_weights(const std::vector<TensorInfo>& tensors, std::uint64_t seed) {
  TensorValues values;
  for (const TensorInfo& tensor : tensors)
    values.push_back(draw(tensor, seed, static_cast<std::uint32_t>(values.size())));
  return values;
}

}  // namespace steq

// SPDX-License-Identifier: MIT
// A network as a graph: layers in the order of their forward pass, over numbered activation buffers.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/nn/layer.hpp"

namespace steq {

template <class T>
struct Node {
  std::unique_ptr<Layer<T>> layer;
  std::size_t input = 0;              ///< buffer
  std::optional<std::size_t> second;  ///< buffer of a second input
  std::size_t output = 0;             ///< buffer; equal to `input` where the layer works in place
  std::size_t first_tensor = 0, tensor_count = 0;
  std::size_t first_statistic = 0, statistic_count = 0;
  std::size_t first_activation = 0, activation_count = 0;

  bool meets(std::size_t buffer) const { return input == buffer || second == buffer || output == buffer; }
};

template <class T>
struct Graph {
  std::vector<SampleShape> buffers;  ///< buffer 0 is the network's input
  std::vector<Node<T>> nodes;
  std::vector<TensorInfo> tensors;
  std::vector<StatisticInfo> statistics;
  std::vector<ActivationInfo> activations;
  std::size_t output = 0;
};

}  // namespace steq

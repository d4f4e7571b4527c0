// SPDX-License-Identifier: MIT
// Turns a ModelSpec into a graph: layers in the order of their forward pass, over numbered activation buffers.
#pragma once

#include <string>
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

  bool meets(std::size_t buffer) const { return input == buffer || second == buffer || output == buffer; }
};

template <class T>
struct Graph {
  std::vector<Shape> buffers;  ///< buffer 0 is the network's input
  std::vector<Node<T>> nodes;
  std::vector<TensorInfo> tensors;
  std::vector<StatisticInfo> statistics;
  std::size_t output = 0;
};

template <class T>
class GraphBuilder {
 public:
  /// Throws InputError naming the layer that is unknown, has bad parameters or does not fit its input.
  static Graph<T> build(const ModelSpec& model);

  const Shape& shape() const { return graph_.buffers[current_]; }  ///< of the current buffer
  std::size_t current() const { return current_; }
  const std::string& place() const { return place_; }  ///< of the layer being built, for messages

  void go_to(std::size_t buffer) { current_ = buffer; }
  /// Keeps later layers from overwriting the buffer in place.
  void pin(std::size_t buffer) { pinned_[buffer] = true; }
  /// Whether a layer that has written to the current buffer reads it in its backward pass.
  bool read_again() const { return read_again_[current_]; }
  void append(std::unique_ptr<Layer<T>> layer, std::optional<std::size_t> second = std::nullopt);
  /// Puts the mean over 2 x 2 pixels into one layer with the convolution and relu before it; false where it cannot.
  bool pool_with_convolution();
  void append_all(const std::vector<LayerSpec>& layers, const std::string& key);

 private:
  explicit GraphBuilder(const Shape& input);
  std::size_t new_buffer(const Shape& shape);
  bool follows_free_relu() const;
  void add_tensors(Node<T>& node);
  void require_size(const std::string& what, const std::vector<std::size_t>& dims) const;

  Graph<T> graph_;
  std::vector<bool> pinned_, read_again_;
  std::size_t current_ = 0;
  std::string place_ = "model";
};

}  // namespace steq

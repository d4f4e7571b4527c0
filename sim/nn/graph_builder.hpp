// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "sim/core/errors.hpp"
#include "sim/nn/graph.hpp"
#include "sim/nn/layer_registry.hpp"

namespace steq {

/// Turns a ModelSpec into a graph, layer by layer.
template <class T>
class GraphBuilder {
 public:
  /// Throws InputError naming the layer that is unknown, has bad parameters or does not fit its input.
  static Graph<T> build(const ModelSpec& model);

  const SampleShape& shape() const { return graph_.buffers[current_]; }  ///< of the current buffer
  std::size_t current() const { return current_; }
  const std::string& place() const { return place_; }  ///< in the config, of the layer being built, for messages

  void go_to(std::size_t buffer) { current_ = buffer; }
  /// Keeps later layers from overwriting the buffer in place.
  void pin(std::size_t buffer) { pinned_[buffer] = true; }
  /// Whether a layer that has written to the current buffer reads it in its backward pass.
  bool read_again() const { return read_again_[current_]; }
  void append(std::unique_ptr<Layer<T>> layer, std::optional<std::size_t> second = std::nullopt);
  void append_all(const std::vector<LayerSpec>& layers, const std::string& key);

 private:
  explicit GraphBuilder(const SampleShape& input);
  std::size_t new_buffer(const SampleShape& shape);
  void add_tensors(Node<T>& node);
  void add_activations(Node<T>& node);
  void require_size(const std::string& what, const std::vector<std::size_t>& dims) const;

  Graph<T> graph_;
  std::vector<bool> pinned_, read_again_;
  std::size_t current_ = 0;
  std::string place_ = "model";
};

}  // namespace steq

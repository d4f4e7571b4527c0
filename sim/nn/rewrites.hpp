// SPDX-License-Identifier: MIT
// Fusions: one layer that does the work of several which follow each other, faster, and without writing what they hand
// on. A graph as it is built has none.
#pragma once

#include <span>

#include "sim/nn/graph.hpp"

namespace steq {

/// A fusion of so many layers.
template <class T>
struct Rewrite {
  const char* name;
  std::size_t length;
  /// The layer for these, each of which reads nothing but what the one before it gives; null where it does not apply.
  std::unique_ptr<Layer<T>> (*fused)(std::span<const Node<T>> chain);
};

/// All of them; where several apply, the first does.
template <class T>
std::span<const Rewrite<T>> rewrites();

/// The graph with every fusion that is possible: where nobody else reads what the layers of a chain hand on. Tensors
/// keep their order.
template <class T>
Graph<T> rewrite(Graph<T> graph);

}  // namespace steq

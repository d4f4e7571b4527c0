// SPDX-License-Identifier: MIT
#include "sim/nn/rewrites.hpp"

#include <algorithm>

namespace steq {
namespace {

template <class T>
using Nodes = std::span<const Node<T>>;

/// Whether each layer of the chain reads what the one before it gives and nothing else.
template <class T>
bool linked(Nodes<T> chain) {
  for (std::size_t i = 1; i < chain.size(); ++i)
    if (chain[i].input != chain[i - 1].output || chain[i].second) return false;
  return true;
}

/// Whether no layer behind the chain sees what its layers hand on to each other.
template <class T>
bool is_private(const Graph<T>& graph, std::size_t first, std::size_t length) {
  const Nodes<T> nodes(graph.nodes), chain = nodes.subspan(first, length), behind = nodes.subspan(first + length);
  return std::all_of(chain.begin(), chain.end() - 1, [&](const Node<T>& link) {
    return link.output != graph.output &&
           std::none_of(behind.begin(), behind.end(), [&](const Node<T>& node) { return node.meets(link.output); });
  });
}

/// Puts the layer in the place of the chain.
template <class T>
void replace(Graph<T>& graph, std::size_t first, std::size_t length, std::unique_ptr<Layer<T>> layer) {
  const auto begin = graph.nodes.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = begin + static_cast<std::ptrdiff_t>(length);
  begin->layer = std::move(layer);
  begin->output = (end - 1)->output;
  for (auto node = begin + 1; node != end; ++node) {
    begin->tensor_count += node->tensor_count;
    begin->statistic_count += node->statistic_count;
  }
  graph.nodes.erase(begin + 1, end);
}

/// Buffers that no layer meets any more are left out; the others keep their order.
template <class T>
void drop_unused_buffers(Graph<T>& graph) {
  for (std::size_t b = graph.buffers.size(); b-- > 1;) {
    if (std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const Node<T>& node) { return node.meets(b); }))
      continue;
    graph.buffers.erase(graph.buffers.begin() + static_cast<std::ptrdiff_t>(b));
    const auto renumber = [&](std::size_t& buffer) { buffer -= buffer > b; };
    renumber(graph.output);
    for (Node<T>& node : graph.nodes) {
      renumber(node.input);
      renumber(node.output);
      if (node.second) renumber(*node.second);
    }
  }
}

}  // namespace

template <class T>
Graph<T> rewrite(Graph<T> graph) {
  for (const Rewrite<T>& rewrite : rewrites<T>())
    for (std::size_t k = 0; k + rewrite.length <= graph.nodes.size(); ++k) {
      const Nodes<T> chain = Nodes<T>(graph.nodes).subspan(k, rewrite.length);
      if (!linked(chain) || !is_private(graph, k, rewrite.length)) continue;
      if (auto layer = rewrite.fused(chain)) replace(graph, k, rewrite.length, std::move(layer));
    }
  drop_unused_buffers(graph);
  return graph;
}

template Graph<float> rewrite<float>(Graph<float>);
template Graph<double> rewrite<double>(Graph<double>);

}  // namespace steq

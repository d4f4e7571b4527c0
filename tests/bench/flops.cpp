// SPDX-License-Identifier: MIT
#include "tests/bench/flops.hpp"

#include "sim/nn/graph_builder.hpp"

namespace steq::bench {
namespace {

/// Weights of a convolution [out, in, rows, columns] or dense layer [out, in]; 0 of any other layer.
std::size_t product_weights(const Graph<double>& graph, const Node<double>& node) {
  if (node.tensor_count == 0) return 0;
  const TensorInfo& weight = graph.tensors[node.first_tensor];
  return weight.dims.size() > 1 ? weight.size() : 0;
}

}  // namespace

double training_flops(const ModelSpec& model) {  // in double a convolution keeps its own output
  const Graph<double> graph = GraphBuilder<double>::build(model);
  std::vector<bool> trained(graph.buffers.size(), false);  // [buffer]: weights lie before it
  double flops = 0;
  for (const Node<double>& node : graph.nodes) {
    const SampleShape& out = graph.buffers[node.output];
    const double forward = 2.0 * static_cast<double>(product_weights(graph, node) * out.height * out.width);
    flops += forward * (trained[node.input] ? 3 : 2);
    if (node.tensor_count > 0 || trained[node.input]) trained[node.output] = true;
  }
  return flops;
}

}  // namespace steq::bench

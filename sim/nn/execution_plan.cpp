// SPDX-License-Identifier: MIT
#include "sim/nn/program.hpp"

#include <algorithm>

#include "sim/nn/batch_plan.hpp"
#include "sim/nn/transient_buffers.hpp"

namespace steq {
namespace {

template <class T>
void plan_gradients(const Graph<T>& graph, Program& program) {
  program.needs_gradient.assign(graph.buffers.size(), false);
  std::vector<bool>& needs = program.needs_gradient;
  for (const Node<T>& node : graph.nodes)
    if (node.tensor_count > 0 || needs[node.input] || (node.second && needs[*node.second])) needs[node.output] = true;
  program.adds_first.assign(graph.nodes.size(), false);
  program.adds_second = program.adds_first;
  std::vector<bool> begun(graph.buffers.size(), false);
  for (std::size_t k = graph.nodes.size(); k-- > 0;) {
    const Node<T>& node = graph.nodes[k];
    program.adds_first[k] = node.input != node.output && begun[node.input];
    program.adds_second[k] = node.second && begun[*node.second];
    begun[node.input] = true;
    if (node.second) begun[*node.second] = true;
  }
}

template <class T>
void append(const Graph<T>& graph, Segment& segment, const Operation& operation) {
  const bool strips = operation.phase != Phase::loss && graph.nodes[operation.node].layer->by_strips();
  if (segment.empty() || !strips || !segment.back().by_strips) segment.push_back({strips, {}});
  segment.back().operations.push_back(operation);
}

template <class T>
void plan_training(const Graph<T>& graph, Program& program) {
  std::vector<Segment>& segments = program.training;
  segments.emplace_back();
  const auto collect = [&](Phase phase, std::size_t k) {
    if (!graph.nodes[k].layer->synchronizes()) return;
    append(graph, segments.back(), {phase, k});
    segments.emplace_back();
  };
  for (std::size_t k = 0; k < graph.nodes.size(); ++k) {
    collect(Phase::collect_forward, k);
    append(graph, segments.back(), {Phase::forward, k});
  }
  append(graph, segments.back(), {Phase::loss, 0});
  for (std::size_t k = graph.nodes.size(); k-- > 0;) {
    collect(Phase::collect_backward, k);
    if (program.needs_gradient[graph.nodes[k].output]) append(graph, segments.back(), {Phase::backward, k});
  }
}

/// As many samples as leave the largest array that the run touches in cache.
template <class T>
void plan_strips(const Graph<T>& graph, Segment& segment) {
  for (Run& run : segment) {
    if (!run.by_strips) continue;
    std::size_t largest = 1;
    for (const auto& [phase, k] : run.operations)
      for (const std::size_t buffer : {graph.nodes[k].input, graph.nodes[k].output})
        largest = std::max(largest, graph.buffers[buffer].size());
    run.strip = std::clamp(kStripValues / largest, std::size_t{1}, kStrip);
  }
}

}  // namespace

template <class T>
Program plan_program(const Graph<T>& graph) {
  Program program;
  plan_gradients(graph, program);
  plan_training(graph, program);
  for (std::size_t k = 0; k < graph.nodes.size(); ++k) append(graph, program.evaluation, {Phase::forward, k});
  for (Segment& segment : program.training) plan_strips(graph, segment);
  plan_strips(graph, program.evaluation);
  plan_transient_buffers(graph, program);
  return program;
}

template Program plan_program<float>(const Graph<float>&);
template Program plan_program<double>(const Graph<double>&);

}  // namespace steq

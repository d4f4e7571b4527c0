// SPDX-License-Identifier: MIT
#include "sim/nn/execution_plan.hpp"

#include <algorithm>

#include "sim/nn/batch_plan.hpp"
#include "sim/nn/transient_buffers.hpp"

namespace steq {
namespace {

template <class T>
void plan_gradients(const Graph<T>& graph, ExecutionPlan& plan) {
  plan.needs_gradient.assign(graph.buffers.size(), false);
  std::vector<bool>& needs = plan.needs_gradient;
  for (const Node<T>& node : graph.nodes)
    if (node.tensor_count > 0 || needs[node.input] || (node.second && needs[*node.second])) needs[node.output] = true;
  plan.adds_first.assign(graph.nodes.size(), false);
  plan.adds_second = plan.adds_first;
  std::vector<bool> begun(graph.buffers.size(), false);
  for (std::size_t k = graph.nodes.size(); k-- > 0;) {
    const Node<T>& node = graph.nodes[k];
    plan.adds_first[k] = node.input != node.output && begun[node.input];
    plan.adds_second[k] = node.second && begun[*node.second];
    begun[node.input] = true;
    if (node.second) begun[*node.second] = true;
  }
}

template <class T>
void append(const Graph<T>& graph, Segment& segment, const Operation& operation) {
  const bool strips = operation.phase != Phase::loss && graph.nodes[operation.node].layer->traits().by_strips;
  if (segment.empty() || !strips || !segment.back().by_strips) segment.push_back({strips, {}});
  segment.back().operations.push_back(operation);
}

template <class T>
void plan_training(const Graph<T>& graph, ExecutionPlan& plan) {
  std::vector<Segment>& segments = plan.training;
  segments.emplace_back();
  const auto collect = [&](Phase phase, std::size_t k) {
    if (!graph.nodes[k].layer->traits().synchronizes) return;
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
    if (plan.needs_gradient[graph.nodes[k].output]) append(graph, segments.back(), {Phase::backward, k});
  }
}

/// As many samples as leave the largest array that the stretch touches in cache.
template <class T>
void plan_strips(const Graph<T>& graph, Segment& segment) {
  for (Stretch& stretch : segment) {
    if (!stretch.by_strips) continue;
    std::size_t largest = 1;
    for (const auto& [phase, k] : stretch.operations)
      for (const std::size_t buffer : {graph.nodes[k].input, graph.nodes[k].output})
        largest = std::max(largest, graph.buffers[buffer].size());
    stretch.strip = std::clamp(kStripValues / largest, std::size_t{1}, kStrip);
  }
}

}  // namespace

template <class T>
ExecutionPlan plan_execution(const Graph<T>& graph) {
  ExecutionPlan plan;
  plan_gradients(graph, plan);
  plan_training(graph, plan);
  for (std::size_t k = 0; k < graph.nodes.size(); ++k) append(graph, plan.evaluation, {Phase::forward, k});
  for (Segment& segment : plan.training) plan_strips(graph, segment);
  plan_strips(graph, plan.evaluation);
  plan_transient_buffers(graph, plan);
  return plan;
}

template ExecutionPlan plan_execution<float>(const Graph<float>&);
template ExecutionPlan plan_execution<double>(const Graph<double>&);

}  // namespace steq

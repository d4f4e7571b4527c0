// SPDX-License-Identifier: MIT
#include "sim/nn/memory_plan.hpp"

#include <algorithm>
#include <functional>

namespace steq {
namespace {

using Stretches = std::vector<bool>;  // of a training step

bool overlap(const Stretches& a, const Stretches& b) {
  for (std::size_t s = 0; s < a.size(); ++s)
    if (a[s] && b[s]) return true;
  return false;
}

/// A buffer, and when it is needed.
struct Need {
  std::size_t buffer, sample;
  bool transient;
  Stretches stretches;
};

/// Gives every buffer the largest region of its kind that nobody needs at the same time, or a new one.
MemoryPlan share(const std::vector<Need>& needs, std::size_t buffers) {
  MemoryPlan plan{.region = std::vector(buffers, buffers), .regions = {}};
  std::vector<Stretches> taken;  // [region]
  for (const Need& need : needs) {
    std::size_t best = plan.regions.size();
    for (std::size_t r = 0; r < plan.regions.size(); ++r)
      if (plan.regions[r].transient == need.transient && !overlap(taken[r], need.stretches) &&
          (best == plan.regions.size() || plan.regions[r].sample > plan.regions[best].sample))
        best = r;
    if (best == plan.regions.size())
      plan.regions.push_back({0, need.transient}), taken.emplace_back(need.stretches.size());
    plan.regions[best].sample = std::max(plan.regions[best].sample, need.sample);
    plan.region[need.buffer] = best;
    std::transform(taken[best].begin(), taken[best].end(), need.stretches.begin(), taken[best].begin(),
                   std::logical_or<>());
  }
  return plan;
}

/// The stretches with an operation for which uses(node, phase) holds.
template <class T, class Uses>
Stretches stretches_where(const Graph<T>& graph, const ExecutionPlan& plan, const Uses& uses) {
  Stretches stretches;
  for_each_stretch(plan, [&](const Stretch& stretch) {
    stretches.push_back(stretch.any([&](const Operation& o) { return uses(graph.nodes[o.node], o.phase); }));
  });
  return stretches;
}

}  // namespace

template <class T>
MemoryPlan plan_value_memory(const Graph<T>& graph, const ExecutionPlan& plan) {
  std::vector<Need> needs;
  for (std::size_t b = 0; b < graph.buffers.size(); ++b) {
    const bool transient = plan.transient[b];
    const auto uses = [&](const Node<T>& node, Phase phase) {
      return !transient || (phase != Phase::loss && node.meets(b));
    };
    needs.push_back({b, graph.buffers[b].size(), transient, stretches_where(graph, plan, uses)});
  }
  return share(needs, graph.buffers.size());
}

template <class T>
MemoryPlan plan_gradient_memory(const Graph<T>& graph, const ExecutionPlan& plan) {
  std::vector<bool> by_strips;
  for_each_stretch(plan, [&](const Stretch& stretch) { by_strips.push_back(stretch.by_strips); });
  std::vector<std::pair<std::size_t, Need>> needs;  // by the first stretch
  for (std::size_t b = 0; b < graph.buffers.size(); ++b) {
    if (!plan.needs_gradient[b]) continue;
    Stretches stretches = stretches_where(graph, plan, [&](const Node<T>& node, Phase phase) {
      if (phase == Phase::loss) return b == graph.output;
      return (phase == Phase::collect_backward && node.output == b) || (phase == Phase::backward && node.meets(b));
    });
    const auto first = std::find(stretches.begin(), stretches.end(), true),
               last = std::find(stretches.rbegin(), stretches.rend(), true).base();
    if (first == stretches.end()) continue;
    std::fill(first, last, true);
    const auto begin = static_cast<std::size_t>(first - stretches.begin());
    const bool transient = last - first == 1 && by_strips[begin];
    needs.push_back({begin, {b, graph.buffers[b].size(), transient, std::move(stretches)}});
  }
  std::stable_sort(needs.begin(), needs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Need> in_order;
  for (auto& [begin, need] : needs) in_order.push_back(std::move(need));
  return share(in_order, graph.buffers.size());
}

template MemoryPlan plan_value_memory<float>(const Graph<float>&, const ExecutionPlan&);
template MemoryPlan plan_value_memory<double>(const Graph<double>&, const ExecutionPlan&);
template MemoryPlan plan_gradient_memory<float>(const Graph<float>&, const ExecutionPlan&);
template MemoryPlan plan_gradient_memory<double>(const Graph<double>&, const ExecutionPlan&);

}  // namespace steq

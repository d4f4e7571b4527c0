// SPDX-License-Identifier: MIT
#include "sim/nn/memory_plan.hpp"

#include <algorithm>
#include <functional>

namespace steq {
namespace {

using Runs = std::vector<bool>;  // of a training step

bool overlap(const Runs& a, const Runs& b) {
  for (std::size_t r = 0; r < a.size(); ++r)
    if (a[r] && b[r]) return true;
  return false;
}

/// An array, and when it is needed.
struct Need {
  std::size_t buffer, sample;
  bool transient;
  Runs runs;
};

/// Gives every array the largest place of its kind that nobody needs at the same time, or a new one.
MemoryPlan share(const std::vector<Need>& needs, std::size_t buffers) {
  MemoryPlan plan{.place = std::vector(buffers, buffers), .places = {}};
  std::vector<Runs> taken;  // [place]
  for (const Need& need : needs) {
    std::size_t best = plan.places.size();
    for (std::size_t p = 0; p < plan.places.size(); ++p)
      if (plan.places[p].transient == need.transient && !overlap(taken[p], need.runs) &&
          (best == plan.places.size() || plan.places[p].sample > plan.places[best].sample))
        best = p;
    if (best == plan.places.size()) plan.places.push_back({0, need.transient}), taken.emplace_back(need.runs.size());
    plan.places[best].sample = std::max(plan.places[best].sample, need.sample);
    plan.place[need.buffer] = best;
    std::transform(taken[best].begin(), taken[best].end(), need.runs.begin(), taken[best].begin(), std::logical_or<>());
  }
  return plan;
}

/// The runs with an operation for which uses(node, phase) holds.
template <class T, class Uses>
Runs runs_where(const Graph<T>& graph, const Program& program, const Uses& uses) {
  Runs runs;
  for_each_run(program, [&](const Run& run) {
    runs.push_back(run.any([&](const Operation& o) { return uses(graph.nodes[o.node], o.phase); }));
  });
  return runs;
}

}  // namespace

template <class T>
MemoryPlan place_values(const Graph<T>& graph, const Program& program) {
  std::vector<Need> needs;
  for (std::size_t b = 0; b < graph.buffers.size(); ++b) {
    const bool transient = program.transient[b];
    const auto uses = [&](const Node<T>& node, Phase phase) {
      return !transient || (phase != Phase::loss && node.meets(b));
    };
    needs.push_back({b, graph.buffers[b].size(), transient, runs_where(graph, program, uses)});
  }
  return share(needs, graph.buffers.size());
}

template <class T>
MemoryPlan place_gradients(const Graph<T>& graph, const Program& program) {
  std::vector<bool> by_strips;
  for_each_run(program, [&](const Run& run) { by_strips.push_back(run.by_strips); });
  std::vector<std::pair<std::size_t, Need>> needs;  // by the first run
  for (std::size_t b = 0; b < graph.buffers.size(); ++b) {
    if (!program.needs_gradient[b]) continue;
    Runs runs = runs_where(graph, program, [&](const Node<T>& node, Phase phase) {
      if (phase == Phase::loss) return b == graph.output;
      return (phase == Phase::collect_backward && node.output == b) || (phase == Phase::backward && node.meets(b));
    });
    const auto first = std::find(runs.begin(), runs.end(), true),
               last = std::find(runs.rbegin(), runs.rend(), true).base();
    if (first == runs.end()) continue;
    std::fill(first, last, true);
    const auto run = static_cast<std::size_t>(first - runs.begin());
    needs.push_back({run, {b, graph.buffers[b].size(), last - first == 1 && by_strips[run], std::move(runs)}});
  }
  std::stable_sort(needs.begin(), needs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Need> in_order;
  for (auto& [run, need] : needs) in_order.push_back(std::move(need));
  return share(in_order, graph.buffers.size());
}

template MemoryPlan place_values<float>(const Graph<float>&, const Program&);
template MemoryPlan place_values<double>(const Graph<double>&, const Program&);
template MemoryPlan place_gradients<float>(const Graph<float>&, const Program&);
template MemoryPlan place_gradients<double>(const Graph<double>&, const Program&);

}  // namespace steq

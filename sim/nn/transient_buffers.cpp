// SPDX-License-Identifier: MIT
#include "sim/nn/transient_buffers.hpp"

#include <algorithm>
#include <optional>

namespace steq {
namespace {

template <class T>
class TransientSearch {
 public:
  TransientSearch(const Graph<T>& graph, ExecutionPlan& plan) : graph_(graph), plan_(plan) {}

  void run() {
    plan_.transient.assign(graph_.buffers.size(), false);
    for (std::size_t b = 1; b < graph_.buffers.size(); ++b) {
      if (b == graph_.output || !made_cheaply(b) || stretches_where(b, touches).size() != 1) continue;
      const std::vector<Stretch*> backward = stretches_where(b, reads_again);
      plan_.transient[b] = true;
      if (!backward.empty()) make_again(b, *backward.front());
    }
  }

 private:
  const Node<T>& node(const Operation& operation) const { return graph_.nodes[operation.node]; }

  std::vector<std::size_t> makers(std::size_t buffer) const {
    std::vector<std::size_t> nodes;
    for (std::size_t k = 0; k < graph_.nodes.size(); ++k)
      if (graph_.nodes[k].output == buffer) nodes.push_back(k);
    return nodes;
  }

  /// By layers of one input that work by strips, from a buffer that is stored and not overwritten later.
  bool made_cheaply(std::size_t buffer) const {
    const std::vector<std::size_t> nodes = makers(buffer);
    const auto cheap = [&](std::size_t k) {
      const LayerTraits traits = graph_.nodes[k].layer->traits();
      return traits.cheap && traits.by_strips && !graph_.nodes[k].second;
    };
    const std::size_t source = graph_.nodes[nodes.front()].input;
    if (source == 0 || plan_.transient[source]) return false;
    return std::all_of(nodes.begin(), nodes.end(), cheap) && makers(source).back() < nodes.front();
  }

  static bool touches(const Node<T>& node, Phase phase, std::size_t buffer) {
    return phase == Phase::forward && node.meets(buffer);
  }

  static bool reads_again(const Node<T>& node, Phase phase, std::size_t buffer) {
    if (phase != Phase::backward) return false;
    const LayerTraits traits = node.layer->traits();
    return (node.input == buffer && traits.reads_input) || (node.output == buffer && traits.reads_output);
  }

  std::vector<Stretch*> stretches_where(std::size_t buffer, bool (*uses)(const Node<T>&, Phase, std::size_t)) {
    std::vector<Stretch*> stretches;
    for (Segment& segment : plan_.training)
      for (Stretch& stretch : segment)
        if (stretch.any([&](const Operation& o) { return uses(node(o), o.phase, buffer); }))
          stretches.push_back(&stretch);
    return stretches;
  }

  void make_again(std::size_t buffer, Stretch& stretch) {
    const auto first = std::find_if(stretch.operations.begin(), stretch.operations.end(),
                                    [&](const Operation& o) { return reads_again(node(o), o.phase, buffer); });
    std::vector<Operation> forward;
    for (const std::size_t k : makers(buffer)) forward.push_back({Phase::forward, k});
    stretch.operations.insert(first, forward.begin(), forward.end());
  }

  const Graph<T>& graph_;
  ExecutionPlan& plan_;
};

}  // namespace

template <class T>
void plan_transient_buffers(const Graph<T>& graph, ExecutionPlan& plan) {
  TransientSearch<T>(graph, plan).run();
}

template void plan_transient_buffers<float>(const Graph<float>&, ExecutionPlan&);
template void plan_transient_buffers<double>(const Graph<double>&, ExecutionPlan&);

}  // namespace steq

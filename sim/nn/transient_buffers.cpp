// SPDX-License-Identifier: MIT
#include "sim/nn/transient_buffers.hpp"

#include <algorithm>
#include <optional>

namespace steq {
namespace {

template <class T>
class Search {
 public:
  Search(const Graph<T>& graph, Program& program) : graph_(graph), program_(program) {}

  void run() {
    program_.transient.assign(graph_.buffers.size(), false);
    for (std::size_t b = 1; b < graph_.buffers.size(); ++b) {
      if (b == graph_.output || !made_cheaply(b) || runs_where(b, &Search::touches).size() != 1) continue;
      const std::vector<Run*> backward = runs_where(b, &Search::reads_again);
      program_.transient[b] = true;
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
      const Layer<T>& layer = *graph_.nodes[k].layer;
      return layer.cheap() && layer.by_strips() && !graph_.nodes[k].second;
    };
    const std::size_t source = graph_.nodes[nodes.front()].input;
    if (source == 0 || program_.transient[source]) return false;
    return std::all_of(nodes.begin(), nodes.end(), cheap) && makers(source).back() < nodes.front();
  }

  static bool touches(const Node<T>& node, Phase phase, std::size_t buffer) {
    return phase == Phase::forward && node.meets(buffer);
  }

  static bool reads_again(const Node<T>& node, Phase phase, std::size_t buffer) {
    if (phase != Phase::backward) return false;
    return (node.input == buffer && node.layer->reads_input()) || (node.output == buffer && node.layer->reads_output());
  }

  std::vector<Run*> runs_where(std::size_t buffer, bool (*uses)(const Node<T>&, Phase, std::size_t)) {
    std::vector<Run*> runs;
    for (Segment& segment : program_.training)
      for (Run& run : segment)
        if (run.any([&](const Operation& o) { return uses(node(o), o.phase, buffer); })) runs.push_back(&run);
    return runs;
  }

  void make_again(std::size_t buffer, Run& run) {
    const auto first = std::find_if(run.operations.begin(), run.operations.end(),
                                    [&](const Operation& o) { return reads_again(node(o), o.phase, buffer); });
    std::vector<Operation> forward;
    for (const std::size_t k : makers(buffer)) forward.push_back({Phase::forward, k});
    run.operations.insert(first, forward.begin(), forward.end());
  }

  const Graph<T>& graph_;
  Program& program_;
};

}  // namespace

template <class T>
void plan_transient_buffers(const Graph<T>& graph, Program& program) {
  Search<T>(graph, program).run();
}

template void plan_transient_buffers<float>(const Graph<float>&, Program&);
template void plan_transient_buffers<double>(const Graph<double>&, Program&);

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "sim/nn/network.hpp"

#include <algorithm>

namespace steq {

template <class T>
Network<T>::Network(const ModelSpec& model, std::size_t batch_size, int threads)
    : graph_(GraphBuilder<T>::build(model)),
      plan_(plan_batch(batch_size)),
      program_(plan_program(graph_)),
      value_plan_(place_values(graph_, program_)),
      gradient_plan_(place_gradients(graph_, program_)),
      tile_(plan_.sizes().back()),
      strip_(std::min(tile_, kStrip)),
      threads_(threads) {
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) {
    const Layer<T>& layer = *graph_.nodes[k].layer;
    synchronized_ = synchronized_ || layer.synchronizes();
    for (std::size_t piece = 0; piece < layer.batch_pieces(); ++piece) batch_pieces_.push_back({k, piece});
  }
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) graph_.nodes[k].layer->reserve(plan_of(k));
  values_ = reserve(value_plan_);
  gradients_ = reserve(gradient_plan_);
  reserve_addends();
  lanes_ = reserve_lanes();
}

template <class T>
std::size_t Network<T>::slots() const {
  const auto threads = static_cast<std::size_t>(threads_);
  return synchronized_ ? std::max(plan_.tiles.size(), threads) : threads;
}

/// The samples that the layer will get at once: tiles of the training batch and, in evaluation, as large ones and
/// halves of them; or the strips of these.
template <class T>
PassPlan Network<T>::plan_of(std::size_t k) const {
  PassPlan plan{.slots = slots(),
                .tiles = plan_.tiles.size(),
                .samples = plan_.tiles.back().first + plan_.tiles.back().n,
                .training_sizes = {},
                .evaluation_sizes = {}};
  const auto add = [&](std::vector<std::size_t>& sizes, const Run& run, std::size_t n) {
    if (!run.any([&](const Operation& o) { return o.node == k && o.phase != Phase::loss; })) return;
    for (const Tile& part : parts(n, run))
      if (std::find(sizes.begin(), sizes.end(), part.n) == sizes.end()) sizes.push_back(part.n);
  };
  for_each_run(program_, [&](const Run& run) {
    for (const std::size_t n : plan_.sizes()) add(plan.training_sizes, run, n);
  });
  for (const Run& run : program_.evaluation)
    for (std::size_t n = tile_; n > 0; n /= 2) add(plan.evaluation_sizes, run, n);
  return plan;
}

/// Slots begin on cache lines: the address of a sample, on which Eigen's choice of code for small products depends,
/// does not tell which thread works on it.
template <class T>
std::vector<typename Network<T>::Memory> Network<T>::reserve(const MemoryPlan& plan) const {
  std::vector<Memory> memories;
  for (const Place& place : plan.places) {
    const std::size_t count = place.transient ? static_cast<std::size_t>(threads_) : slots(),
                      samples = place.transient ? strip_ : tile_, step = whole_lines<T>(samples * place.sample);
    memories.push_back({place, step, Buffer<T>(count * step)});
  }
  return memories;
}

template <class T>
void Network<T>::reserve_addends() {
  std::size_t largest = 0;
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) {
    const Node<T>& node = graph_.nodes[k];
    if (program_.adds_first[k]) largest = std::max(largest, graph_.buffers[node.input].size());
    if (program_.adds_second[k]) largest = std::max(largest, graph_.buffers[*node.second].size());
  }
  for (int thread = 0; thread < threads_; ++thread) addends_.emplace_back(tile_ * largest);
}

/// Layers that make their gradients for the whole batch at once need no lanes.
template <class T>
GradientLanes<T> Network<T>::reserve_lanes() const {
  std::vector<std::size_t> sizes;
  for (const TensorInfo& tensor : graph_.tensors) sizes.push_back(tensor.size());
  std::vector<std::vector<std::size_t>> groups;
  for (const Segment& segment : program_.training) {
    std::vector<std::size_t> group;
    for (const Run& run : segment)
      for (const auto& [phase, k] : run.operations)
        for (std::size_t t = 0; phase == Phase::backward && t < graph_.nodes[k].tensor_count; ++t)
          if (graph_.nodes[k].layer->batch_pieces() == 0) group.push_back(graph_.nodes[k].first_tensor + t);
    groups.push_back(std::move(group));
  }
  return GradientLanes<T>(plan_.lanes(), sizes, groups);
}

template class Network<float>;
template class Network<double>;

}  // namespace steq

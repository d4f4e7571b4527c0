// SPDX-License-Identifier: MIT
#include "sim/nn/network.hpp"

#include <algorithm>

#include "sim/nn/graph_builder.hpp"
#include "sim/nn/rewrites.hpp"

namespace steq {

template <class T>
Network<T>::Network(const ModelSpec& model, std::size_t batch_size, int threads, Fusions fusions)
    : graph_(fusions == Fusions::all ? rewrite(GraphBuilder<T>::build(model)) : GraphBuilder<T>::build(model)),
      batch_plan_(plan_batch(batch_size)),
      execution_plan_(plan_execution(graph_)),
      value_plan_(plan_value_memory(graph_, execution_plan_)),
      gradient_plan_(plan_gradient_memory(graph_, execution_plan_)),
      micro_batch_(batch_plan_.sizes().back()),
      strip_(std::min(micro_batch_, kStrip)),
      threads_(threads) {
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) {
    const LayerTraits traits = graph_.nodes[k].layer->traits();
    synchronized_ = synchronized_ || traits.synchronizes;
    for (std::size_t piece = 0; piece < traits.batch_pieces; ++piece) batch_pieces_.push_back({k, piece});
  }
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) graph_.nodes[k].layer->reserve(sizes_of(k));
  values_ = reserve(value_plan_);
  gradients_ = reserve(gradient_plan_);
  reserve_addends();
  lanes_ = reserve_lanes();
}

template <class T>
std::size_t Network<T>::slots() const {
  const auto threads = static_cast<std::size_t>(threads_);
  return synchronized_ ? std::max(batch_plan_.micro_batches.size(), threads) : threads;
}

/// The samples that the layer will get at once: micro-batches of the training batch and, in evaluation, as large ones
/// and halves of them; or the strips of these.
template <class T>
PassSizes Network<T>::sizes_of(std::size_t k) const {
  const SampleRange& last = batch_plan_.micro_batches.back();
  PassSizes sizes{.slots = slots(),
                  .micro_batches = batch_plan_.micro_batches.size(),
                  .samples = last.first + last.n,
                  .training = {},
                  .evaluation = {}};
  const auto add = [&](std::vector<std::size_t>& distinct, const Stretch& stretch, std::size_t n) {
    if (!stretch.any([&](const Operation& o) { return o.node == k && o.phase != Phase::loss; })) return;
    for (const SampleRange& part : parts(n, stretch))
      if (std::find(distinct.begin(), distinct.end(), part.n) == distinct.end()) distinct.push_back(part.n);
  };
  for_each_stretch(execution_plan_, [&](const Stretch& stretch) {
    for (const std::size_t n : batch_plan_.sizes()) add(sizes.training, stretch, n);
  });
  for (const Stretch& stretch : execution_plan_.evaluation)
    for (std::size_t n = micro_batch_; n > 0; n /= 2) add(sizes.evaluation, stretch, n);
  return sizes;
}

/// Slots begin on cache lines: the address of a sample, on which Eigen's choice of code for small products depends,
/// does not tell which thread works on it.
template <class T>
std::vector<typename Network<T>::Memory> Network<T>::reserve(const MemoryPlan& plan) const {
  std::vector<Memory> memories;
  for (const Region& region : plan.regions) {
    const std::size_t count = region.transient ? static_cast<std::size_t>(threads_) : slots(),
                      samples = region.transient ? strip_ : micro_batch_,
                      step = whole_lines<T>(samples * region.sample);
    memories.push_back({region, step, Buffer<T>(count * step)});
  }
  return memories;
}

template <class T>
void Network<T>::reserve_addends() {
  std::size_t largest = 0;
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) {
    const Node<T>& node = graph_.nodes[k];
    if (execution_plan_.adds_first[k]) largest = std::max(largest, graph_.buffers[node.input].size());
    if (execution_plan_.adds_second[k]) largest = std::max(largest, graph_.buffers[*node.second].size());
  }
  for (int thread = 0; thread < threads_; ++thread) addends_.emplace_back(micro_batch_ * largest);
}

/// Layers that make their gradients for the whole batch at once need no lanes.
template <class T>
GradientLanes<T> Network<T>::reserve_lanes() const {
  std::vector<std::size_t> sizes;
  for (const TensorInfo& tensor : graph_.tensors) sizes.push_back(tensor.size());
  std::vector<std::vector<std::size_t>> groups;
  for (const Segment& segment : execution_plan_.training) {
    std::vector<std::size_t> group;
    for (const Stretch& stretch : segment)
      for (const auto& [phase, k] : stretch.operations)
        for (std::size_t t = 0; phase == Phase::backward && t < graph_.nodes[k].tensor_count; ++t)
          if (graph_.nodes[k].layer->traits().batch_pieces == 0) group.push_back(graph_.nodes[k].first_tensor + t);
    groups.push_back(std::move(group));
  }
  return GradientLanes<T>(batch_plan_.lanes(), sizes, groups);
}

template class Network<float>;
template class Network<double>;

}  // namespace steq

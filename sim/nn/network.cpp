// SPDX-License-Identifier: MIT
#include "sim/nn/network.hpp"

#include <algorithm>

namespace steq {

template <class T>
Network<T>::Network(const ModelSpec& model, std::size_t batch_size, int threads)
    : graph_(GraphBuilder<T>::build(model)),
      plan_(plan_batch(batch_size)),
      tile_(plan_.sizes().back()),
      threads_(threads) {
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) {
    const Node<T>& node = graph_.nodes[k];
    synchronized_ = synchronized_ || node.layer->synchronizes();
    adds_by_lanes_.insert(adds_by_lanes_.end(), node.tensor_count, node.layer->batch_pieces() == 0);
    for (std::size_t piece = 0; piece < node.layer->batch_pieces(); ++piece) batch_pieces_.push_back({k, piece});
  }
  plan_gradients();
  plan_program();
  place_gradients();
  reserve();
}

/// Which buffers need a gradient, and which layers find their input's gradient already begun by a later consumer.
template <class T>
void Network<T>::plan_gradients() {
  needs_gradient_.assign(graph_.buffers.size(), false);
  for (const Node<T>& node : graph_.nodes)
    if (node.tensor_count > 0 || needs_gradient_[node.input] || (node.second && needs_gradient_[*node.second]))
      needs_gradient_[node.output] = true;
  adds_first_.assign(graph_.nodes.size(), false);
  adds_second_ = adds_first_;
  std::vector<bool> begun(graph_.buffers.size(), false);
  for (std::size_t k = graph_.nodes.size(); k-- > 0;) {
    const Node<T>& node = graph_.nodes[k];
    adds_first_[k] = node.input != node.output && begun[node.input];
    adds_second_[k] = node.second && begun[*node.second];
    begun[node.input] = true;
    if (node.second) begun[*node.second] = true;
  }
}

template <class T>
void Network<T>::add_operation(Segment& segment, const Operation& operation) const {
  const bool strips = operation.phase != Phase::loss && graph_.nodes[operation.node].layer->by_strips();
  if (segment.empty() || !strips || !segment.back().by_strips) segment.push_back({strips, {}});
  segment.back().operations.push_back(operation);
}

template <class T>
void Network<T>::plan_program() {
  program_.emplace_back();
  const auto collect = [&](Phase phase, std::size_t k) {
    if (!graph_.nodes[k].layer->synchronizes()) return;
    add_operation(program_.back(), {phase, k});
    program_.emplace_back();
  };
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) {
    collect(Phase::collect_forward, k);
    add_operation(program_.back(), {Phase::forward, k});
  }
  add_operation(program_.back(), {Phase::loss, 0});
  for (std::size_t k = graph_.nodes.size(); k-- > 0;) {
    collect(Phase::collect_backward, k);
    if (needs_gradient_[graph_.nodes[k].output]) add_operation(program_.back(), {Phase::backward, k});
  }
}

/// The samples that the layer will get at once: tiles of the training batch and, in evaluation, as large ones and
/// halves of them; or the strips of these.
template <class T>
PassPlan Network<T>::plan_of(const Layer<T>& layer) const {
  const auto threads = static_cast<std::size_t>(threads_);
  PassPlan plan{.slots = synchronized_ ? std::max(plan_.tiles.size(), threads) : threads,
                .tiles = plan_.tiles.size(),
                .samples = plan_.tiles.back().first + plan_.tiles.back().n,
                .training_sizes = {},
                .evaluation_sizes = {}};
  const auto add = [&](std::vector<std::size_t>& sizes, std::size_t n) {
    for (const Tile& part : cut_evenly(n, layer.by_strips() ? kStrip : n))
      if (std::find(sizes.begin(), sizes.end(), part.n) == sizes.end()) sizes.push_back(part.n);
  };
  for (const std::size_t n : plan_.sizes()) add(plan.training_sizes, n);
  for (std::size_t n = tile_; n > 0; n /= 2) add(plan.evaluation_sizes, n);
  return plan;
}

/// Gradients that are not needed at the same time share a place. In a run by strips the first strip is through before
/// the second begins, so places are given back at the end of the run.
template <class T>
void Network<T>::place_gradients() {
  place_.assign(graph_.buffers.size(), graph_.buffers.size());
  std::vector<bool> free;
  const auto take = [&](std::size_t buffer) {
    if (!needs_gradient_[buffer] || place_[buffer] < graph_.buffers.size()) return;
    std::size_t place = gradients_.size();
    for (std::size_t p = 0; p < gradients_.size(); ++p)
      if (free[p] && (place == gradients_.size() || gradients_[p].sample > gradients_[place].sample)) place = p;
    if (place == gradients_.size()) gradients_.emplace_back(), free.push_back(false);
    free[place] = false;
    gradients_[place].sample = std::max(gradients_[place].sample, graph_.buffers[buffer].size());
    place_[buffer] = place;
  };
  take(graph_.output);
  for (const Segment& segment : program_)
    for (const Run& run : segment) {
      for (const Operation& operation : run.operations) {
        if (operation.phase != Phase::backward) continue;
        take(graph_.nodes[operation.node].input);
        if (const auto second = graph_.nodes[operation.node].second) take(*second);
      }
      for (const Operation& operation : run.operations)
        if (const Node<T>& node = graph_.nodes[operation.node];
            operation.phase == Phase::backward && node.input != node.output)
          free[place_[node.output]] = true;
    }
}

template <class T>
void Network<T>::reserve() {
  for (const Node<T>& node : graph_.nodes) node.layer->reserve(plan_of(*node.layer));
  const std::size_t slots = plan_of(*graph_.nodes.front().layer).slots;
  for (const Shape& shape : graph_.buffers) values_.push_back({shape.size(), {}});
  for (std::vector<Memory>* memories : {&values_, &gradients_})
    for (Memory& memory : *memories) memory.data = Buffer<T>(slots * tile_ * memory.sample);
  std::size_t largest = 0;
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) {
    const Node<T>& node = graph_.nodes[k];
    if (adds_first_[k]) largest = std::max(largest, graph_.buffers[node.input].size());
    if (adds_second_[k]) largest = std::max(largest, graph_.buffers[*node.second].size());
  }
  for (std::size_t s = 0; s < slots; ++s) addends_.emplace_back(tile_ * largest);
}

template class Network<float>;
template class Network<double>;

}  // namespace steq

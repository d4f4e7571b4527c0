// SPDX-License-Identifier: MIT
#include "sim/nn/network.hpp"

#include <algorithm>

#include "sim/core/parallel.hpp"
#include "sim/nn/load_image.hpp"

namespace steq {

template <class T>
struct Network<T>::TileJob {
  const Batch* batch;
  const LearnerArrays<T>* learner;
  std::span<SampleLoss> losses;
  Tile tile;
  std::size_t index, slot, lane;
  bool accumulate;
};

template <class T>
Network<T>::Network(const ModelSpec& model, std::size_t batch_size, int threads)
    : graph_(GraphBuilder<T>::build(model)), plan_(plan_batch(batch_size)), threads_(threads) {
  for (const Node<T>& node : graph_.nodes) synchronized_ = synchronized_ || node.layer->synchronizes();
  plan_gradients();
  plan_program();
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
void Network<T>::plan_program() {
  program_.emplace_back();
  const auto collect = [&](Phase phase, std::size_t k) {
    if (!graph_.nodes[k].layer->synchronizes()) return;
    program_.back().push_back({phase, k});
    program_.emplace_back();
  };
  for (std::size_t k = 0; k < graph_.nodes.size(); ++k) {
    collect(Phase::collect_forward, k);
    program_.back().push_back({Phase::forward, k});
  }
  program_.back().push_back({Phase::loss, 0});
  for (std::size_t k = graph_.nodes.size(); k-- > 0;) {
    collect(Phase::collect_backward, k);
    program_.back().push_back({Phase::backward, k});
  }
}

template <class T>
void Network<T>::reserve() {
  const auto threads = static_cast<std::size_t>(threads_);
  PassPlan plan{.slots = synchronized_ ? std::max(plan_.tiles.size(), threads) : threads,
                .tiles = plan_.tiles.size(),
                .training_sizes = plan_.sizes(),
                .evaluation_sizes = {}};
  for (std::size_t n = 1; n <= kTile; n *= 2) plan.evaluation_sizes.push_back(n);
  for (const Node<T>& node : graph_.nodes) node.layer->reserve(plan);
  std::size_t largest = 0;
  for (std::size_t b = 0; b < graph_.buffers.size(); ++b) {
    values_.emplace_back(plan.slots * stride(b));
    gradients_.emplace_back(needs_gradient_[b] ? plan.slots * stride(b) : 0);
    largest = std::max(largest, stride(b));
  }
  const auto any = [](const std::vector<bool>& flags) {
    return std::find(flags.begin(), flags.end(), true) != flags.end();
  };
  for (std::size_t s = 0; (any(adds_first_) || any(adds_second_)) && s < plan.slots; ++s)
    addends_.emplace_back(largest);
}

template <class T>
void Network<T>::prepare(const LearnerArrays<T>& learner, Mode mode) {
  for (const Node<T>& node : graph_.nodes)
    node.layer->prepare(std::span(learner.values).subspan(node.first_tensor, node.tensor_count),
                        std::span(learner.statistics).subspan(node.first_statistic, node.statistic_count), mode);
}

template <class T>
void Network<T>::check_images(const Dataset& data) const {
  if (data.image != input())
    throw DomainError(fmt::format("images are {} x {} x {}, the network takes {} x {} x {}", data.image.channels,
                                  data.image.height, data.image.width, input().channels, input().height,
                                  input().width));
}

template <class T>
Pass<T> Network<T>::pass_of(const Node<T>& node, const TileJob& job) {
  Pass<T> pass{.n = job.tile.n, .tile = job.index, .slot = job.slot, .mode = Mode::train};
  pass.x = value(node.input, job.slot);
  pass.x2 = node.second ? value(*node.second, job.slot) : nullptr;
  pass.y = value(node.output, job.slot);
  return pass;
}

template <class T>
void Network<T>::run(const Operation& operation, const TileJob& job) {
  const Node<T>& node = graph_.nodes[operation.node];
  Pass<T> pass = pass_of(node, job);
  switch (operation.phase) {
    case Phase::collect_forward:
      return node.layer->collect_forward(pass);
    case Phase::forward:
      return node.layer->forward(pass);
    case Phase::loss:
      return run_loss(job);
    case Phase::collect_backward:
      pass.dy = gradient(node.output, job.slot);
      return node.layer->collect_backward(pass);
    case Phase::backward:
      return run_backward(operation.node, job);
  }
}

template <class T>
void Network<T>::run_backward(std::size_t k, const TileJob& job) {
  const Node<T>& node = graph_.nodes[k];
  if (!needs_gradient_[node.output]) return;
  Pass<T> pass = pass_of(node, job);
  pass.dy = gradient(node.output, job.slot);
  pass.gradients = std::span<T* const>(job.learner->gradients[job.lane]).subspan(node.first_tensor, node.tensor_count);
  pass.accumulate = job.accumulate;
  // A layer overwrites; where a later consumer has begun the gradient it writes beside it, and is added. No layer does
  // so with both inputs, so one addend is enough.
  const auto target = [&](std::size_t buffer, bool adds) -> T* {
    if (!needs_gradient_[buffer]) return nullptr;
    return adds ? addends_[job.slot].data() : gradient(buffer, job.slot);
  };
  const auto add = [&](std::size_t buffer, const T* addend) {
    T* sum = gradient(buffer, job.slot);
    for (std::size_t i = 0; addend && i < job.tile.n * graph_.buffers[buffer].size(); ++i) sum[i] += addend[i];
  };
  pass.dx = target(node.input, adds_first_[k]);
  if (node.second) pass.dx2 = target(*node.second, adds_second_[k]);
  node.layer->backward(pass);
  if (adds_first_[k]) add(node.input, pass.dx);
  if (adds_second_[k]) add(*node.second, pass.dx2);
}

template <class T>
void Network<T>::run_loss(const TileJob& job) {
  const T* logits = value(graph_.output, job.slot);
  T* slope = gradient(graph_.output, job.slot);
  const std::size_t classes_count = classes(), batch = job.batch->samples.size();
  for (std::size_t i = 0; i < job.tile.n; ++i) {
    const std::size_t sample = job.tile.first + i;
    job.losses[sample] = cross_entropy<T>({logits + i * classes_count, classes_count},
                                          job.batch->data->labels[job.batch->samples[sample]],
                                          {slope + i * classes_count, classes_count}, 1 / static_cast<double>(batch));
  }
}

template <class T>
void Network<T>::combine(const Operation& last, const LearnerArrays<T>& learner) {
  const Node<T>& node = graph_.nodes[last.node];
  if (last.phase == Phase::collect_forward) node.layer->combine_forward(plan_.tiles.size());
  if (last.phase != Phase::collect_backward) return;
  std::vector<std::span<T* const>> lanes;
  for (const auto& tensors : learner.gradients)
    lanes.push_back(std::span<T* const>(tensors).subspan(node.first_tensor, node.tensor_count));
  node.layer->combine_backward(plan_.tiles.size(), lanes);
}

template <class T>
void Network<T>::train(const Batch& batch, const LearnerArrays<T>& learner, std::span<SampleLoss> losses) {
  check_images(*batch.data);
  prepare(learner, Mode::train);
  for (std::size_t s = 0; s < program_.size(); ++s) {
    const Segment& segment = program_[s];
    parallel_for(plan_.lanes(), threads_, [&](std::size_t lane, int thread) {
      for (std::size_t t = plan_.lane_begin[lane]; t < plan_.lane_begin[lane + 1]; ++t) {
        const TileJob job{&batch, &learner,
                          losses, plan_.tiles[t],
                          t,      synchronized_ ? t : static_cast<std::size_t>(thread),
                          lane,   t > plan_.lane_begin[lane]};
        for (std::size_t i = 0; s == 0 && i < job.tile.n; ++i) {
          const std::size_t position = job.tile.first + i;
          load_image(*batch.data, batch.samples[position], batch.views.empty() ? View() : batch.views[position],
                     value(0, job.slot) + i * input().size());
        }
        for (const Operation& operation : segment) run(operation, job);
      }
    });
    combine(segment.back(), learner);
  }
}

template <class T>
void Network<T>::evaluate(const Dataset& data, const LearnerArrays<T>& learner, std::span<T> logits) {
  check_images(data);
  prepare(learner, Mode::evaluate);
  std::vector<Tile> tiles;  // of 32 samples, the rest in powers of two
  for (std::size_t first = 0, n = kTile; first < data.size(); first += n) {
    while (n > data.size() - first) n /= 2;
    tiles.push_back({first, n});
  }
  parallel_for(tiles.size(), threads_, [&](std::size_t t, int thread) {
    const TileJob job{nullptr, &learner, {}, tiles[t], 0, static_cast<std::size_t>(thread), 0, false};
    for (std::size_t i = 0; i < job.tile.n; ++i)
      load_image(data, job.tile.first + i, View(), value(0, job.slot) + i * input().size());
    for (const Node<T>& node : graph_.nodes) {
      Pass<T> pass = pass_of(node, job);
      pass.mode = Mode::evaluate;
      node.layer->forward(pass);
    }
    std::copy_n(value(graph_.output, job.slot), job.tile.n * classes(), logits.data() + job.tile.first * classes());
  });
}

template class Network<float>;
template class Network<double>;

}  // namespace steq

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <numeric>

#include "sim/core/parallel.hpp"
#include "sim/nn/load_image.hpp"
#include "sim/nn/network.hpp"

namespace steq {

/// A tile on its way, or the strip of it whose turn it is.
template <class T>
struct Network<T>::TileJob {
  const Batch* batch;
  std::span<SampleLoss> losses;
  Mode mode;
  Tile tile;
  Tile part;  // of the tile
  std::size_t index, slot, lane, thread;
  bool accumulate;
};

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
T* Network<T>::value(std::size_t buffer, const TileJob& job) {
  return part_of(values_[value_plan_.place[buffer]], buffer, job);
}

template <class T>
T* Network<T>::gradient(std::size_t buffer, const TileJob& job) {
  return part_of(gradients_[gradient_plan_.place[buffer]], buffer, job);
}

template <class T>
T* Network<T>::part_of(Memory& memory, std::size_t buffer, const TileJob& job) const {
  if (memory.place.transient) return memory.data.data() + job.thread * strip_ * memory.place.sample;
  return memory.data.data() + job.slot * tile_ * memory.place.sample + job.part.first * graph_.buffers[buffer].size();
}

template <class T>
std::span<T* const> Network<T>::gradients_of(const Node<T>& node, std::size_t lane) const {
  return lanes_.lane(lane).subspan(node.first_tensor, node.tensor_count);
}

template <class T>
Pass<T> Network<T>::pass_of(const Node<T>& node, const TileJob& job) {
  Pass<T> pass{.n = job.part.n,
               .first = job.tile.first + job.part.first,
               .tile = job.index,
               .slot = job.slot,
               .begins = job.part.first == 0,
               .mode = job.mode};
  pass.x = value(node.input, job);
  pass.x2 = node.second ? value(*node.second, job) : nullptr;
  pass.y = value(node.output, job);
  return pass;
}

template <class T>
void Network<T>::load(const TileJob& job) {
  for (std::size_t i = 0; i < job.tile.n; ++i) {
    const std::size_t position = job.tile.first + i;
    load_image(*job.batch->data, job.batch->samples[position],
               job.batch->views.empty() ? View() : job.batch->views[position], value(0, job) + i * input().size());
  }
}

template <class T>
void Network<T>::run(const Run& run, const TileJob& tile) {
  TileJob job = tile;
  for (const Tile& part : parts(tile.tile.n, run)) {
    job.part = part;
    job.accumulate = tile.accumulate || part.first > 0;
    for (const Operation& operation : run.operations) this->run(operation, job);
  }
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
      pass.dy = gradient(node.output, job);
      return node.layer->collect_backward(pass);
    case Phase::backward:
      return run_backward(operation.node, job);
  }
}

template <class T>
void Network<T>::run_backward(std::size_t k, const TileJob& job) {
  const Node<T>& node = graph_.nodes[k];
  Pass<T> pass = pass_of(node, job);
  pass.dy = gradient(node.output, job);
  pass.gradients = gradients_of(node, job.lane);
  pass.accumulate = job.accumulate;
  // A layer overwrites; where a later consumer has begun the gradient it writes beside it, and is added. No layer does
  // so with both inputs, so one addend is enough.
  const auto target = [&](std::size_t buffer, bool adds) -> T* {
    if (!program_.needs_gradient[buffer]) return nullptr;
    return adds ? addends_[job.thread].data() : gradient(buffer, job);
  };
  const auto add = [&](std::size_t buffer, const T* addend) {
    if (!addend) return;
    T* sum = gradient(buffer, job);
    for (std::size_t i = 0; i < job.part.n * graph_.buffers[buffer].size(); ++i) sum[i] += addend[i];
  };
  pass.dx = target(node.input, program_.adds_first[k]);
  if (node.second) pass.dx2 = target(*node.second, program_.adds_second[k]);
  node.layer->backward(pass);
  if (program_.adds_first[k]) add(node.input, pass.dx);
  if (program_.adds_second[k]) add(*node.second, pass.dx2);
}

template <class T>
void Network<T>::run_loss(const TileJob& job) {
  const T* logits = value(graph_.output, job);
  T* slope = gradient(graph_.output, job);
  const std::size_t classes_count = classes(), batch = job.batch->samples.size();
  for (std::size_t i = 0; i < job.tile.n; ++i) {
    const std::size_t sample = job.tile.first + i;
    job.losses[sample] = cross_entropy<T>({logits + i * classes_count, classes_count},
                                          job.batch->data->labels[job.batch->samples[sample]],
                                          {slope + i * classes_count, classes_count}, 1 / static_cast<double>(batch));
  }
}

template <class T>
void Network<T>::combine(const Segment& segment) {
  const Operation& last = segment.back().operations.back();
  Layer<T>& layer = *graph_.nodes[last.node].layer;
  if (last.phase == Phase::collect_forward) layer.combine_forward();
  if (last.phase == Phase::collect_backward) layer.combine_backward();
}

template <class T>
void Network<T>::run_batch_pieces() {
  parallel_for(batch_pieces_.size(), threads_, [&](std::size_t i, int) {
    const auto [k, piece] = batch_pieces_[i];
    graph_.nodes[k].layer->backward_batch(piece, gradients_of(graph_.nodes[k], 0));
  });
}

template <class T>
void Network<T>::train(const Batch& batch, const LearnerArrays<T>& learner, std::span<SampleLoss> losses) {
  check_images(*batch.data);
  prepare(learner, Mode::train);
  lanes_.set_first(learner.gradients);
  for (std::size_t s = 0; s < program_.training.size(); ++s) {
    const Segment& segment = program_.training[s];
    parallel_for(plan_.lanes(), threads_, [&](std::size_t lane, int thread) {
      for (std::size_t t = plan_.lane_begin[lane]; t < plan_.lane_begin[lane + 1]; ++t) {
        const TileJob job{.batch = &batch,
                          .losses = losses,
                          .mode = Mode::train,
                          .tile = plan_.tiles[t],
                          .part = {},
                          .index = t,
                          .slot = synchronized_ ? t : static_cast<std::size_t>(thread),
                          .lane = lane,
                          .thread = static_cast<std::size_t>(thread),
                          .accumulate = t > plan_.lane_begin[lane]};
        if (s == 0) load(job);
        for (const Run& part : segment) run(part, job);
      }
    });
    combine(segment);
    lanes_.add(s, threads_);
  }
  run_batch_pieces();
}

template <class T>
void Network<T>::evaluate(const Dataset& data, const LearnerArrays<T>& learner, std::span<T> logits) {
  check_images(data);
  prepare(learner, Mode::evaluate);
  std::vector<std::uint32_t> samples(data.size());
  std::iota(samples.begin(), samples.end(), 0);
  const Batch batch{&data, samples};
  std::vector<Tile> tiles;  // as large as in training, the rest in halves of them
  for (std::size_t first = 0, n = tile_; first < data.size(); first += n) {
    while (n > data.size() - first) n /= 2;
    tiles.push_back({first, n});
  }
  parallel_for(tiles.size(), threads_, [&](std::size_t t, int thread) {
    const TileJob job{.batch = &batch,
                      .losses = {},
                      .mode = Mode::evaluate,
                      .tile = tiles[t],
                      .part = {},
                      .index = 0,
                      .slot = static_cast<std::size_t>(thread),
                      .lane = 0,
                      .thread = static_cast<std::size_t>(thread),
                      .accumulate = false};
    load(job);
    for (const Run& part : program_.evaluation) run(part, job);
    std::copy_n(value(graph_.output, job), job.tile.n * classes(), logits.data() + job.tile.first * classes());
  });
}

template class Network<float>;
template class Network<double>;

}  // namespace steq

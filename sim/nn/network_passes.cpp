// SPDX-License-Identifier: MIT
// What a whole batch, or a dataset, does.
#include <algorithm>
#include <numeric>

#include "sim/core/parallel.hpp"
#include "sim/nn/load_image.hpp"
#include "sim/nn/network.hpp"

namespace steq {

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
void Network<T>::load(const TileJob& job) {
  for (std::size_t i = 0; i < job.tile.n; ++i) {
    const std::size_t position = job.tile.first + i;
    load_image(*job.batch->data, job.batch->samples[position],
               job.batch->views.empty() ? View() : job.batch->views[position], value(0, job) + i * input().size());
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

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
  const std::span<const ActivationRule> rules(learner.activations);
  for (const Node<T>& node : graph_.nodes)
    node.layer->prepare(
        {.values = std::span(learner.values).subspan(node.first_tensor, node.tensor_count),
         .statistics = std::span(learner.statistics).subspan(node.first_statistic, node.statistic_count),
         .activations = rules.empty() ? rules : rules.subspan(node.first_activation, node.activation_count),
         .mode = mode});
}

template <class T>
const SampleShape& Network<T>::output_of(std::size_t tensor) const {
  const auto owner = std::ranges::find_if(graph_.nodes, [&](const Node<T>& node) {
    return tensor >= node.first_tensor && tensor < node.first_tensor + node.tensor_count;
  });
  return graph_.buffers[owner->output];
}

template <class T>
void Network<T>::check_images(const Dataset& data) const {
  if (data.image != input())
    throw DomainError(fmt::format("images are {} x {} x {}, the network takes {} x {} x {}", data.image.channels,
                                  data.image.height, data.image.width, input().channels, input().height,
                                  input().width));
}

template <class T>
void Network<T>::load(const Job& job) {
  for (std::size_t i = 0; i < job.micro_batch.n; ++i) {
    const std::size_t position = job.micro_batch.first + i;
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
  for (std::size_t s = 0; s < execution_plan_.training.size(); ++s) {
    const Segment& segment = execution_plan_.training[s];
    parallel_for(batch_plan_.lanes(), threads_, [&](std::size_t lane, int thread) {
      for (std::size_t m = batch_plan_.lane_begin[lane]; m < batch_plan_.lane_begin[lane + 1]; ++m) {
        const Job job{.batch = &batch,
                      .learner = &learner,
                      .losses = losses,
                      .mode = Mode::train,
                      .micro_batch = batch_plan_.micro_batches[m],
                      .part = {},
                      .index = m,
                      .slot = synchronized_ ? m : static_cast<std::size_t>(thread),
                      .lane = lane,
                      .thread = static_cast<std::size_t>(thread),
                      .accumulate = m > batch_plan_.lane_begin[lane]};
        if (s == 0) load(job);
        for (const Stretch& stretch : segment) run(stretch, job);
      }
    });
    combine(segment);
    lanes_.add(s, threads_);
  }
  run_batch_pieces();
}

template <class T>
void Network<T>::evaluate(const Dataset& data, const LearnerArrays<T>& learner, std::span<T> logits) {
  std::vector<std::uint32_t> samples(data.size());
  std::iota(samples.begin(), samples.end(), 0);
  evaluate(Batch{&data, samples}, learner, logits);
}

template <class T>
void Network<T>::evaluate(const Batch& batch, const LearnerArrays<T>& learner, std::span<T> logits) {
  check_images(*batch.data);
  prepare(learner, Mode::evaluate);
  std::vector<SampleRange> micro_batches;  // as large as in training, the rest in halves of them
  for (std::size_t first = 0, n = micro_batch_, all = batch.samples.size(); first < all; first += n) {
    while (n > all - first) n /= 2;
    micro_batches.push_back({first, n});
  }
  parallel_for(micro_batches.size(), threads_, [&](std::size_t m, int thread) {
    const Job job{.batch = &batch,
                  .learner = &learner,
                  .losses = {},
                  .mode = Mode::evaluate,
                  .micro_batch = micro_batches[m],
                  .part = {},
                  .index = 0,
                  .slot = static_cast<std::size_t>(thread),
                  .lane = 0,
                  .thread = static_cast<std::size_t>(thread),
                  .accumulate = false};
    load(job);
    for (const Stretch& stretch : execution_plan_.evaluation) run(stretch, job);
    std::copy_n(value(graph_.output, job), job.micro_batch.n * classes(),
                logits.data() + job.micro_batch.first * classes());
  });
}

template class Network<float>;
template class Network<double>;

}  // namespace steq

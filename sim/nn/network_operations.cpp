// SPDX-License-Identifier: MIT
// What a micro-batch, or a strip of it, does on its way.
#include <algorithm>

#include "sim/nn/network.hpp"

namespace steq {

template <class T>
T* Network<T>::value(std::size_t buffer, const Job& job) {
  return part_of(values_[value_plan_.region[buffer]], buffer, job);
}

template <class T>
T* Network<T>::gradient(std::size_t buffer, const Job& job) {
  return part_of(gradients_[gradient_plan_.region[buffer]], buffer, job);
}

template <class T>
T* Network<T>::part_of(Memory& memory, std::size_t buffer, const Job& job) const {
  if (memory.region.transient) return memory.data.data() + job.thread * memory.step;
  return memory.data.data() + job.slot * memory.step + job.part.first * graph_.buffers[buffer].size();
}

template <class T>
std::span<T* const> Network<T>::gradients_of(const Node<T>& node, std::size_t lane) const {
  return lanes_.lane(lane).subspan(node.first_tensor, node.tensor_count);
}

template <class T>
Pass<T> Network<T>::pass_of(const Node<T>& node, const Job& job) {
  Pass<T> pass{.n = job.part.n,
               .first = job.micro_batch.first + job.part.first,
               .micro_batch = job.index,
               .slot = job.slot,
               .begins = job.part.first == 0,
               .mode = job.mode};
  pass.x = value(node.input, job);
  pass.x2 = node.second ? value(*node.second, job) : nullptr;
  pass.y = value(node.output, job);
  return pass;
}

template <class T>
void Network<T>::run(const Stretch& stretch, const Job& whole) {
  Job job = whole;
  for (const SampleRange& part : parts(whole.micro_batch.n, stretch)) {
    job.part = part;
    job.accumulate = whole.accumulate || part.first > 0;
    for (const Operation& operation : stretch.operations) run(operation, job);
  }
}

template <class T>
void Network<T>::run(const Operation& operation, const Job& job) {
  const Node<T>& node = graph_.nodes[operation.node];
  Pass<T> pass = pass_of(node, job);
  switch (operation.phase) {
    case Phase::collect_forward:
      return node.layer->collect_forward(pass);
    case Phase::forward:
      return run_forward(node, pass, job);
    case Phase::loss:
      return run_loss(job);
    case Phase::collect_backward:
      pass.dy = gradient(node.output, job);
      return node.layer->collect_backward(pass);
    case Phase::backward:
      return run_backward(operation.node, job);
  }
}

/// The one place that knows of other rounding: behind every layer of sums.
template <class T>
void Network<T>::run_forward(const Node<T>& node, const Pass<T>& pass, const Job& job) {
  node.layer->forward(pass);
  if (job.learner->rounding && node.layer->traits().pre_activations)
    round_otherwise<T>(*job.learner->rounding, {.layer = static_cast<std::uint32_t>(node.first_tensor),
                                                .samples = {pass.first, pass.n},
                                                .shape = graph_.buffers[node.output],
                                                .y = pass.y});
  if (!job.learner->pre_activations.empty()) keep_pre_activations(node, pass, job);
}

template <class T>
void Network<T>::keep_pre_activations(const Node<T>& node, const Pass<T>& pass, const Job& job) const {
  T* place = node.tensor_count > 0 ? job.learner->pre_activations[node.first_tensor] : nullptr;
  const std::size_t size = graph_.buffers[node.output].size();
  if (place) std::copy_n(pass.y, pass.n * size, place + pass.first * size);
}

template <class T>
void Network<T>::run_backward(std::size_t k, const Job& job) {
  const Node<T>& node = graph_.nodes[k];
  Pass<T> pass = pass_of(node, job);
  pass.dy = gradient(node.output, job);
  pass.gradients = gradients_of(node, job.lane);
  pass.accumulate = job.accumulate;
  // A layer overwrites; where a later consumer has begun the gradient it writes beside it, and is added. No layer does
  // so with both inputs, so one addend is enough.
  const auto target = [&](std::size_t buffer, bool adds) -> T* {
    if (!execution_plan_.needs_gradient[buffer]) return nullptr;
    return adds ? addends_[job.thread].data() : gradient(buffer, job);
  };
  const auto add = [&](std::size_t buffer, const T* addend) {
    if (!addend) return;
    T* sum = gradient(buffer, job);
    for (std::size_t i = 0; i < job.part.n * graph_.buffers[buffer].size(); ++i) sum[i] += addend[i];
  };
  pass.dx = target(node.input, execution_plan_.adds_first[k]);
  if (node.second) pass.dx2 = target(*node.second, execution_plan_.adds_second[k]);
  node.layer->backward(pass);
  if (execution_plan_.adds_first[k]) add(node.input, pass.dx);
  if (execution_plan_.adds_second[k]) add(*node.second, pass.dx2);
}

template <class T>
void Network<T>::run_loss(const Job& job) {
  const T* logits = value(graph_.output, job);
  T* slope = gradient(graph_.output, job);
  const T* teacher = job.learner->teacher;
  const std::size_t n = classes(), batch = job.batch->samples.size();
  for (std::size_t i = 0; i < job.micro_batch.n; ++i) {
    const std::size_t sample = job.micro_batch.first + i;
    const SampleTarget<T> target{job.batch->data->labels[job.batch->samples[sample]],
                                 teacher ? std::span(teacher + sample * n, n) : std::span<const T>()};
    job.losses[sample] = job.learner->loss->of(std::span(logits + i * n, n), target, std::span(slope + i * n, n),
                                               1 / static_cast<double>(batch));
  }
}

template class Network<float>;
template class Network<double>;

}  // namespace steq

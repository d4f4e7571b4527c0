// SPDX-License-Identifier: MIT
#include "sim/training/recorders.hpp"

namespace steq {

template <class T>
ChangeRecorder<T>::ChangeRecorder(const std::vector<Learner<T>>& learners) {
  for (const Learner<T>& learner : learners) {
    std::vector<ChangePointLog>& logs = logs_.emplace_back();
    for (const WeightTensor<T>& tensor : learner.tensors())
      logs.emplace_back(std::vector<Level>(tensor.levels().begin(), tensor.levels().end()));
  }
}

template <class T>
void ChangeRecorder<T>::after_update(const StepView<T>& view) {
  const auto& tensors = view.learner.tensors();
  for (std::size_t t = 0; t < tensors.size(); ++t)
    for (const WeightIndex weight : tensors[t].changed())
      logs_[view.index][t].append({weight, view.step, tensors[t].levels()[weight]});
}

template <class T>
std::size_t ChangeRecorder<T>::change_points(std::size_t learner) const {
  std::size_t total = 0;
  for (const ChangePointLog& log : logs_[learner]) total += log.size();
  return total;
}

namespace {

void append(std::vector<double>& record, const MovingNumbers& numbers) {
  record.insert(record.end(), numbers.all().begin(), numbers.all().end());
}

}  // namespace

template <class T>
LatentRecorder<T>::LatentRecorder(const std::vector<Learner<T>>& learners, Step every, Step last)
    : every_(every), last_(last), steps_{0}, latent_(learners.size()), numbers_(learners.size()) {
  for (std::size_t i = 0; i < learners.size(); ++i) {
    latent_[i].resize(learners[i].tensors().size());
    numbers_[i].resize(learners[i].tensors().size() + learners[i].activations().size());
    record(i, learners[i]);
  }
}

template <class T>
void LatentRecorder<T>::after_update(const StepView<T>& view) {
  if (view.step % every_ != 0 && view.step != last_) return;
  if (steps_.back() != view.step) steps_.push_back(view.step);
  record(view.index, view.learner);
}

template <class T>
void LatentRecorder<T>::finish(const std::vector<Learner<T>>& learners, Step step) {
  if (steps_.back() == step) return;
  steps_.push_back(step);
  for (std::size_t i = 0; i < learners.size(); ++i) record(i, learners[i]);
}

template <class T>
void LatentRecorder<T>::record(std::size_t index, const Learner<T>& learner) {
  for (std::size_t t = 0; t < learner.tensors().size(); ++t) {
    const WeightTensor<T>& tensor = learner.tensors()[t];
    if (!tensor.info().quantize) continue;
    latent_[index][t].insert(latent_[index][t].end(), tensor.latent().begin(), tensor.latent().end());
    if (tensor.quantized()) append(numbers_[index][t], tensor.grid().numbers());
  }
  for (std::size_t layer = 0; layer < learner.activations().size(); ++layer)
    append(numbers_[index][learner.tensors().size() + layer], learner.activations()[layer].numbers());
}

template class ChangeRecorder<float>;
template class ChangeRecorder<double>;
template class LatentRecorder<float>;
template class LatentRecorder<double>;

}  // namespace steq

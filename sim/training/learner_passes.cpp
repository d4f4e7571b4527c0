// SPDX-License-Identifier: MIT
// What passes through a network need of a learner, and leave behind.
#include <algorithm>
#include <cstring>

#include "sim/training/learner.hpp"

namespace steq {
namespace {

template <class T>
bool same_bytes(std::span<const T> a, std::span<const T> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

}  // namespace

template <class T>
LearnerArrays<T> Learner<T>::arrays(Step step) {
  LearnerArrays<T> arrays;
  arrays.statistics = pointers(statistics_);
  arrays.loss = loss_.get();
  if (rounding_) arrays.rounding = {seed_, step};
  return arrays;
}

template <class T>
LearnerArrays<T> Learner<T>::training_arrays(Step step, std::size_t batch) {
  LearnerArrays<T> made = arrays(step);
  for (const WeightTensor<T>& tensor : tensors_) made.values.push_back(tensor.values().data());
  for (ActivationQuantizer& quantizer : activations_) made.activations.push_back(quantizer.training(step, batch));
  return made;
}

template <class T>
LearnerArrays<T> Learner<T>::evaluation_arrays(Step updates, Forward forward) {
  LearnerArrays<T> made = arrays(updates);
  const bool hard = forward == Forward::hard;
  for (WeightTensor<T>& tensor : tensors_) made.values.push_back(tensor.evaluated(hard, updates).data());
  for (ActivationQuantizer& quantizer : activations_) made.activations.push_back(quantizer.evaluation(hard, updates));
  return made;
}

template <class T>
bool Learner<T>::soft() const {
  return std::ranges::any_of(tensors_,
                             [](const auto& tensor) { return tensor.quantized() && tensor.quantizer().soft(); }) ||
         std::ranges::any_of(activations_, &ActivationQuantizer::soft);
}

template <class T>
bool Learner<T>::waits() const {
  return std::ranges::any_of(activations_, &ActivationQuantizer::waits);
}

template <class T>
void Learner<T>::begin(std::size_t batch, const std::function<void(const LearnerArrays<T>&)>& measure) {
  std::vector<double> largest(batch);
  for (std::size_t i = 0; i < activations_.size(); ++i) {
    if (!activations_[i].waits()) continue;
    LearnerArrays<T> made = training_arrays(1, batch);
    made.activations[i] = activations_[i].measuring(largest);
    std::fill(made.activations.begin() + static_cast<std::ptrdiff_t>(i) + 1, made.activations.end(), ActivationRule());
    measure(made);
    activations_[i].begin(std::ranges::max(largest));
  }
}

template <class T>
bool Learner<T>::same_network(const Learner& other) const {
  if (loss_spec_ != other.loss_spec_ || activations_spec_ != other.activations_spec_) return false;
  for (std::size_t i = 0; i < activations_.size(); ++i)
    if (!activations_[i].same(other.activations_[i])) return false;
  for (std::size_t t = 0; t < tensors_.size(); ++t)
    if (!same_bytes(tensors_[t].values(), other.tensors_[t].values())) return false;
  for (std::size_t s = 0; s < statistics_.size(); ++s)
    if (!same_bytes(statistics_[s].span(), other.statistics_[s].span())) return false;
  return true;
}

template <class T>
void Learner<T>::copy_pass(const Learner& other) {
  for (std::size_t i = 0; i < activations_.size(); ++i) activations_[i].copy_gradients(other.activations_[i]);
  for (std::size_t s = 0; s < statistics_.size(); ++s)
    std::copy_n(other.statistics_[s].data(), statistics_[s].size(), statistics_[s].data());
}

template class Learner<float>;
template class Learner<double>;

}  // namespace steq

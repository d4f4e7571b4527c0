// SPDX-License-Identifier: MIT
#include "theory/driven_twin.hpp"

#include "theory/passing_gradient.hpp"

namespace steq {
namespace {

template <class T>
std::vector<TensorInfo> infos(const Learner<T>& learner) {
  std::vector<TensorInfo> infos;
  for (const WeightTensor<T>& tensor : learner.tensors()) infos.push_back(tensor.info());
  return infos;
}

/// The plain STE, nothing masked: the mask is in the gradients. Its rate is 1, so that a step's rate can be handed in.
template <class T>
LearnerSetup twin_setup(const Learner<T>& learner, LearnerSetup setup, const std::vector<Chart>& charts) {
  setup.estimator = parse_spec("ste:gate=none", "");
  setup.learning_rate = 1;
  setup.storage = {"latent", {}};
  for (std::size_t t = 0; t < learner.tensors().size(); ++t) {
    const auto latent = learner.tensors()[t].latent();
    setup.initial[t].assign(latent.begin(), latent.end());
    if (!learner.tensors()[t].quantized()) continue;
    for (double& w : setup.initial[t]) w = charts[t].map(w);
    setup.rate_factors[t] = charts[t].alpha();
  }
  return setup;
}

template <class T>
std::vector<Chart> charts_of(const Learner<T>& learner) {
  std::vector<Chart> charts;
  for (const WeightTensor<T>& tensor : learner.tensors())
    charts.push_back(tensor.quantized() ? Chart(tensor.estimator(), learner.optimizer().rule()) : Chart());
  return charts;
}

}  // namespace

template <class T>
DrivenTwin<T>::DrivenTwin(const Learner<T>& learner, const LearnerSetup& setup, std::size_t index, int threads)
    : index_(index),
      threads_(threads),
      charts_(charts_of(learner)),
      twin_(twin_setup(learner, setup, charts_), LearnerFrame{.tensors = infos(learner)}) {
  for (std::size_t t = 0; t < learner.tensors().size(); ++t) {
    if (learner.tensors()[t].quantized()) quantized_.push_back(t);
    gradients_.emplace_back(learner.tensors()[t].latent().size());
  }
}

template <class T>
void DrivenTwin<T>::before_update(const UpdateView<T>& view) {
  if (view.index != index_) return;
  for (std::size_t t = 0; t < gradients_.size(); ++t) passing_gradient<T>(view, t, gradients_[t].span());
  twin_.update(gradients_, view.learning_rate, view.step, threads_);
}

template <class T>
std::vector<double> DrivenTwin<T>::signed_errors(const Learner<T>& learner, std::size_t tensor) const {
  const auto w = learner.tensors()[tensor].latent();
  std::vector<double> errors(w.size());
  for (std::size_t i = 0; i < w.size(); ++i)
    errors[i] = charts_[tensor].map(static_cast<double>(w[i])) - latent(tensor)[i];
  return errors;
}

template class DrivenTwin<float>;
template class DrivenTwin<double>;

}  // namespace steq

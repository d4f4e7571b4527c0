// SPDX-License-Identifier: MIT
#include "sim/training/learner.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "sim/core/parallel.hpp"
#include "sim/core/sums.hpp"

namespace steq {
namespace {

template <class T>
bool same_bytes(std::span<const T> a, std::span<const T> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

}  // namespace

template <class T>
Learner<T>::Learner(const LearnerSetup& setup, const std::vector<TensorInfo>& tensors,
                    const std::vector<StatisticInfo>& statistics)
    : name_(setup.name),
      learning_rate_(setup.learning_rate),
      seed_(setup.seed),
      rounding_(setup.rounding),
      optimizer_(optimizer_registry().make(setup.optimizer, "optimizer")) {
  for (std::size_t t = 0; t < tensors.size(); ++t) {
    std::unique_ptr<Quantizer> quantizer;
    std::unique_ptr<Estimator> estimator;
    if (tensors[t].quantize) {
      quantizer = quantizer_registry().make(setup.quantizer, "quantizer", tensors[t].fan_in);
      estimator = estimator_registry().make(setup.estimator, "learner " + name_ + ".estimator", quantizer->grid());
    }
    tensors_.emplace_back(tensors[t], static_cast<std::uint32_t>(t), setup.initial[t], optimizer_->state_count(),
                          std::move(quantizer), std::move(estimator), setup.rate_factors[t], setup.seed);
    for (std::size_t b = 0; b < tensors_.back().blocks(); ++b) blocks_.push_back({t, b});
  }
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    statistics_.emplace_back(statistics[s].size);
    for (std::size_t i = 0; i < statistics[s].size; ++i)
      statistics_[s][i] = static_cast<T>(setup.statistics.empty() ? statistics[s].initial : setup.statistics[s][i]);
  }
}

template <class T>
LearnerArrays<T> Learner<T>::arrays(Step step) {
  LearnerArrays<T> arrays;
  for (const WeightTensor<T>& tensor : tensors_) arrays.values.push_back(tensor.values().data());
  arrays.statistics = pointers(statistics_);
  if (rounding_) arrays.rounding = {seed_, step};
  return arrays;
}

template <class T>
void Learner<T>::update(std::span<const Buffer<T>> gradients, double rate_share, Step step, int threads) {
  UpdateJob<T> job{optimizer_.get(), {learning_rate_ * rate_share, step}, gradients};
  if (const double limit = optimizer_->options().clip_norm; limit > 0)
    job.gradient_factor = norm_factor(gradient_norm(job, threads), limit);
  parallel_for(blocks_.size(), threads,
               [&](std::size_t i, int) { tensors_[blocks_[i].tensor].update_block(blocks_[i].block, job); });
  for (WeightTensor<T>& tensor : tensors_) {
    tensor.finish_update();
    if (const auto weight = tensor.broken())
      throw NumericalError(step, name_, tensor.info().name,
                           fmt::format("weight {} became {}; lower the learning rate", *weight,
                                       to_text(Value(static_cast<double>(tensor.latent()[*weight])))));
  }
}

template <class T>
double Learner<T>::gradient_norm(const UpdateJob<T>& job, int threads) const {
  std::vector<double> squares(blocks_.size());
  parallel_for(blocks_.size(), threads, [&](std::size_t i, int) {
    squares[i] = tensors_[blocks_[i].tensor].gradient_square(blocks_[i].block, job);
  });
  return std::sqrt(pairwise_sum(squares));
}

template <class T>
bool Learner<T>::same_network(const Learner& other) const {
  for (std::size_t t = 0; t < tensors_.size(); ++t)
    if (!same_bytes(tensors_[t].values(), other.tensors_[t].values())) return false;
  for (std::size_t s = 0; s < statistics_.size(); ++s)
    if (!same_bytes(statistics_[s].span(), other.statistics_[s].span())) return false;
  return true;
}

template <class T>
void Learner<T>::copy_statistics(const Learner& other) {
  for (std::size_t s = 0; s < statistics_.size(); ++s)
    std::copy_n(other.statistics_[s].data(), statistics_[s].size(), statistics_[s].data());
}

template class Learner<float>;
template class Learner<double>;

}  // namespace steq

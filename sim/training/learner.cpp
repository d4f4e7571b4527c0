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
      schedule_(setup.schedule),
      seed_(setup.seed),
      rounding_(setup.rounding),
      optimizer_(optimizer_registry().make(setup.optimizer, "optimizer")),
      storage_(storage_registry().make(setup.storage, "storage")),
      loss_spec_(to_text(setup.loss)),
      loss_(loss_registry().make(setup.loss, "loss")) {
  for (const TensorInfo& info : tensors) make_tensor(setup, info);
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    statistics_.emplace_back(statistics[s].size);
    for (std::size_t i = 0; i < statistics[s].size; ++i)
      statistics_[s][i] = static_cast<T>(setup.statistics.empty() ? statistics[s].initial : setup.statistics[s][i]);
  }
}

template <class T>
void Learner<T>::make_tensor(const LearnerSetup& setup, const TensorInfo& info) {
  const std::size_t index = tensors_.size();
  std::unique_ptr<Quantizer> quantizer;
  std::unique_ptr<Estimator> estimator;
  if (info.quantize) {
    quantizer = quantizer_registry().make(setup.quantizer, "quantizer", info.shape());
    estimator = estimator_registry().make(setup.estimator, "learner " + name_ + ".estimator", quantizer->grid());
  }
  tensors_.emplace_back(WeightTensorSetup{.info = info,
                                          .index = static_cast<std::uint32_t>(index),
                                          .initial = setup.initial[index],
                                          .optimizer = optimizer_.get(),
                                          .storage = storage_.get(),
                                          .quantizer = std::move(quantizer),
                                          .estimator = std::move(estimator),
                                          .rate_factor = setup.rate_factors[index],
                                          .seed = setup.seed});
  for (std::size_t b = 0; info.trainable && b < tensors_.back().blocks(); ++b) blocks_.push_back({index, b});
}

template <class T>
LearnerArrays<T> Learner<T>::arrays(Step step) {
  LearnerArrays<T> arrays;
  for (const WeightTensor<T>& tensor : tensors_) arrays.values.push_back(tensor.values().data());
  arrays.statistics = pointers(statistics_);
  arrays.loss = loss_.get();
  if (rounding_) arrays.rounding = {seed_, step};
  return arrays;
}

template <class T>
void Learner<T>::update(std::span<const Buffer<T>> gradients, double rate_share, Step step, int threads) {
  UpdateJob<T> job{{learning_rate_ * rate_share, step}, gradients};
  if (const double limit = optimizer_->options().clip_norm; limit > 0)
    job.gradient_factor = norm_factor(gradient_norm(job, threads), limit);
  parallel_for(blocks_.size(), threads,
               [&](std::size_t i, int) { tensors_[blocks_[i].tensor].update_block(blocks_[i].block, job); });
  move_grids(job.context, threads);
  for (WeightTensor<T>& tensor : tensors_) {
    tensor.finish_update();
    if (const auto weight = tensor.broken())
      throw NumericalError(step, name_, tensor.info().name,
                           fmt::format("weight {} became {}; lower the learning rate", *weight,
                                       to_text(Value(static_cast<double>(tensor.latent()[*weight])))));
  }
}

/// What an update must know of a whole tensor before it can quantize.
template <class T>
void Learner<T>::move_grids(const UpdateContext& context, int threads) {
  std::vector<BlockAddress> moved;
  std::ranges::copy_if(blocks_, std::back_inserter(moved),
                       [&](const BlockAddress& b) { return tensors_[b.tensor].moves(); });
  if (moved.empty()) return;
  parallel_for(tensors_.size(), threads, [&](std::size_t t, int) {
    if (tensors_[t].moves() && tensors_[t].info().trainable) tensors_[t].move_grid(context);
  });
  parallel_for(moved.size(), threads,
               [&](std::size_t i, int) { tensors_[moved[i].tensor].quantize_block(moved[i].block, context.update); });
}

template <class T>
double Learner<T>::gradient_norm(const UpdateJob<T>& job, int threads) const {
  std::vector<double> squares(blocks_.size());
  parallel_for(blocks_.size(), threads, [&](std::size_t i, int) {
    if (!tensors_[blocks_[i].tensor].trained()) return;
    squares[i] = tensors_[blocks_[i].tensor].gradient_square(blocks_[i].block, job);
  });
  return std::sqrt(pairwise_sum(squares));
}

template <class T>
bool Learner<T>::same_network(const Learner& other) const {
  if (loss_spec_ != other.loss_spec_) return false;
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

// SPDX-License-Identifier: MIT
#include "sim/training/learner.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/parallel.hpp"
#include "sim/core/sums.hpp"

namespace steq {
namespace {

/// What is given of that tensor or layer.
NamedNumbers given_to(const std::string& name, const LearnerSetup& setup) {
  const auto found = setup.grid_numbers.find(name);
  return found == setup.grid_numbers.end() ? NamedNumbers() : found->second;
}

}  // namespace

template <class T>
Learner<T>::Learner(const LearnerSetup& setup, const LearnerFrame& frame)
    : name_(setup.name),
      learning_rate_(setup.learning_rate),
      schedule_(setup.schedule),
      seed_(setup.seed),
      rounding_(setup.rounding),
      optimizer_(optimizer_registry().make(setup.optimizer, "optimizer")),
      storage_(storage_registry().make(setup.storage, "storage")),
      loss_spec_(to_text(setup.loss)),
      loss_(loss_registry().make(setup.loss, "loss")) {
  for (const TensorInfo& info : frame.tensors) make_tensor(setup, info, frame.updates_per_epoch);
  for (std::size_t s = 0; s < frame.statistics.size(); ++s) {
    const StatisticInfo& info = frame.statistics[s];
    statistics_.emplace_back(info.size);
    for (std::size_t i = 0; i < info.size; ++i)
      statistics_[s][i] = static_cast<T>(setup.statistics.empty() ? info.initial : setup.statistics[s][i]);
  }
  if (setup.activations) make_activations(setup, frame);
}

template <class T>
void Learner<T>::make_activations(const LearnerSetup& setup, const LearnerFrame& frame) {
  const ActivationsSetup& how = *setup.activations;
  activations_spec_ = to_text(how.quantizer) + to_text(how.surrogate) + to_text(how.errors);
  for (std::size_t i = 0; i < frame.activations.size(); ++i)
    activations_.emplace_back(ActivationQuantizer::Setup{.activations = how,
                                                         .optimizer = *optimizer_,
                                                         .name = frame.activations[i].name,
                                                         .index = i,
                                                         .seed = seed_,
                                                         .updates_per_epoch = frame.updates_per_epoch,
                                                         .given = given_to(frame.activations[i].name, setup),
                                                         .place = "learner " + name_ + ".activations."});
}

template <class T>
void Learner<T>::make_tensor(const LearnerSetup& setup, const TensorInfo& info, Step updates_per_epoch) {
  const std::size_t index = tensors_.size();
  std::unique_ptr<Quantizer> quantizer;
  std::unique_ptr<Estimator> estimator;
  if (info.quantize) {
    quantizer = quantizer_registry().make(setup.quantizer_of(info.name), "quantizer", info.shape());
    if (quantizer->has_levels())
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
                                          .seed = setup.seed,
                                          .updates_per_epoch = updates_per_epoch,
                                          .grid_numbers = given_to(info.name, setup)});
  for (std::size_t b = 0; tensors_.back().updated() && b < tensors_.back().blocks(); ++b) blocks_.push_back({index, b});
}

template <class T>
void Learner<T>::update(std::span<const Buffer<T>> gradients, double rate_share, Step step, int threads) {
  UpdateJob<T> job{{learning_rate_ * rate_share, step}, gradients};
  const GradientOptions& options = optimizer_->options();
  if (!options.clip_before_estimator) gather(job, threads);
  if (options.clip_norm > 0) job.gradient_factor = norm_factor(gradient_norm(job, threads), options.clip_norm);
  if (options.clip_before_estimator) gather(job, threads);
  parallel_for(blocks_.size(), threads,
               [&](std::size_t i, int) { tensors_[blocks_[i].tensor].update_block(blocks_[i].block, job); });
  move_grids(job.context, threads);
  for (ActivationQuantizer& quantizer : activations_) quantizer.update(job.context);
  for (WeightTensor<T>& tensor : tensors_) tensor.finish_update();
  require_finite(step);
}

template <class T>
void Learner<T>::require_finite(Step step) const {
  const auto refuse = [&](const std::string& owner, const std::string& what) {
    throw NumericalError(step, name_, owner, what + "; lower the learning rate");
  };
  const auto check = [&](const std::string& owner, const MovingNumbers& numbers) {
    if (const auto number = numbers.broken()) refuse(owner, *number);
  };
  for (const WeightTensor<T>& tensor : tensors_)
    if (const auto weight = tensor.broken())
      refuse(tensor.info().name, fmt::format("weight {} became {}", *weight,
                                             to_text(Value(static_cast<double>(tensor.latent()[*weight])))));
  for (const WeightTensor<T>& tensor : tensors_)
    if (tensor.quantized()) check(tensor.info().name, tensor.grid().numbers());
  for (const ActivationQuantizer& quantizer : activations_) check(quantizer.name(), quantizer.numbers());
}

template <class T>
void Learner<T>::gather(const UpdateJob<T>& job, int threads) {
  parallel_for(tensors_.size(), threads, [&](std::size_t t, int) {
    if (tensors_[t].gathers()) tensors_[t].gather(job);
  });
}

/// What an update must know of a whole tensor before it can quantize.
template <class T>
void Learner<T>::move_grids(const UpdateContext& context, int threads) {
  std::vector<BlockAddress> moved;
  std::ranges::copy_if(blocks_, std::back_inserter(moved),
                       [&](const BlockAddress& b) { return tensors_[b.tensor].moves(); });
  if (moved.empty()) return;
  parallel_for(tensors_.size(), threads, [&](std::size_t t, int) {
    if (tensors_[t].moves()) tensors_[t].move_grid(context);
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

template class Learner<float>;
template class Learner<double>;

}  // namespace steq

// SPDX-License-Identifier: MIT
// The pass over a tensor that an update makes, block by block.
#include <array>
#include <cmath>
#include <limits>

#include "sim/core/stripes.hpp"
#include "sim/core/sums.hpp"
#include "sim/training/weight_tensor.hpp"

namespace steq {
namespace {

template <class T>
bool all_finite(std::span<const T> values) {
  int broken = 0;
  for (const T value : values) broken |= !(std::abs(value) <= std::numeric_limits<T>::max());
  return broken == 0;
}

}  // namespace

template <class T>
void WeightTensor<T>::update_block(std::size_t block, const UpdateJob<T>& job) {
  if (quantized() && info_.trainable) learn_grid(block, job);
  if (trained()) move_weights(block, job);
  if (quantized() && !moves()) quantize_block(block, job.context.update);
}

/// Estimator, decay, the optimizer's rule, storage.
template <class T>
void WeightTensor<T>::move_weights(std::size_t block, const UpdateJob<T>& job) {
  const std::size_t first = block * kBlock, n = size_of(block);
  const std::span<T> w = latent_.span().subspan(first, n);
  alignas(64) std::array<T, kBlock> gradient, before;
  const std::span<T> g = std::span(gradient).first(n);
  prepare(block, job, g);
  if (quantized()) std::copy(w.begin(), w.end(), before.begin());
  if (storage_ && storage_->rounds_changes()) {
    add_change(block, job, g);
  } else {
    decay<T>(optimizer_->options(), job.context.learning_rate, w, g);
    apply_rule(block, job, w, g);
    keep_stored(block, job.context.update);
  }
  block_finite_[block] = all_finite<T>(w);
  if (quantized()) measure_step(block, std::span<const T>(before).first(n));
}

/// What the rule does to `w`, which may be weights or what is to be added to them: rules only add.
template <class T>
void WeightTensor<T>::apply_rule(std::size_t block, const UpdateJob<T>& job, std::span<T> w,
                                 std::span<const T> gradient) {
  UpdateBlock<T> update{w, gradient, {}};
  for (std::size_t s = 0; s < states_.size(); ++s)
    update.state[s] = states_[s].span().subspan(block * kBlock, w.size());
  optimizer_->update(update, {job.context.learning_rate * rate_factor_, job.context.update});
}

/// One rounding of all that the update adds.
template <class T>
void WeightTensor<T>::add_change(std::size_t block, const UpdateJob<T>& job, std::span<T> gradient) {
  const std::span<T> w = latent_.span().subspan(block * kBlock, gradient.size());
  alignas(64) std::array<T, kBlock> whole, before, added;
  const std::span<T> change = std::span(whole).first(w.size());
  std::copy(w.begin(), w.end(), change.begin());
  std::copy(w.begin(), w.end(), before.begin());
  decay<T>(optimizer_->options(), job.context.learning_rate, change, gradient);
  for (std::size_t i = 0; i < w.size(); ++i) change[i] -= w[i];
  apply_rule(block, job, change, gradient);
  std::copy(change.begin(), change.end(), added.begin());
  storage_->add(w, change, place(job.context.update, block));
  block_moved_[block] = 0;
  for (std::size_t i = 0; i < w.size(); ++i) {
    block_moved_[block] += w[i] != before[i];
    if (!std::isfinite(added[i])) w[i] = added[i];  // no format must hide a breakdown
  }
}

template <class T>
std::optional<double> WeightTensor<T>::moved_share() const {
  if (!trained() || !storage_ || !storage_->rounds_changes()) return std::nullopt;
  std::size_t moved = 0;
  for (const std::size_t count : block_moved_) moved += count;
  return static_cast<double>(moved) / static_cast<double>(latent_.size());
}

/// Hands dL/dQ(w) to the learned numbers of the grid, before anything else is done to it. The values of now were drawn
/// when the step before ended.
template <class T>
void WeightTensor<T>::learn_grid(std::size_t block, const UpdateJob<T>& job) {
  block_extremes_[block].gradient = largest_magnitude<T>(raw(block, job));
  grid_->add_gradients(block, latent().subspan(block * kBlock, size_of(block)), raw(block, job),
                       {.seed = seed_, .step = job.context.update - 1, .tensor = index_});
}

/// Of a tensor that is not trainable nothing learns, but schedules follow the clock.
template <class T>
void WeightTensor<T>::move_grid(const UpdateContext& context) {
  const double rate = info_.trainable ? context.learning_rate : 0;
  grid_->step(std::span<const T>(latent()), moments(), {rate, context.update});
}

/// Where the quantizer weighs by them.
template <class T>
std::span<const T> WeightTensor<T>::moments() const {
  const auto moment = optimizer_->second_moment();
  if (!moment || !quantizer_->weighs_by_moments()) return {};
  return states_[*moment].span();
}

template <class T>
void WeightTensor<T>::measure_step(std::size_t block, std::span<const T> before) {
  const std::span<const T> w = latent().subspan(block * kBlock, before.size());
  alignas(64) std::array<T, kBlock> way;
  for (std::size_t i = 0; i < before.size(); ++i) way[i] = std::abs(w[i] - before[i]);
  block_paths_[block] = striped_sum<T>(std::span(way).first(before.size()));
  block_extremes_[block].step = largest_magnitude<T>(std::span(way).first(before.size()));
}

template <class T>
void WeightTensor<T>::finish_update() {
  if (!quantized()) return;
  path_length_ += pairwise_sum(block_paths_);
  for (const std::size_t count : block_changes_of_grid_) changes_of_grid_ += count;
  for (const TensorExtremes& block : block_extremes_)
    extremes_ = {std::max(extremes_.gradient, block.gradient), std::max(extremes_.step, block.step)};
  changed_.clear();
  for (const auto& block : block_changes_) changed_.insert(changed_.end(), block.begin(), block.end());
}

template class WeightTensor<float>;
template class WeightTensor<double>;

}  // namespace steq

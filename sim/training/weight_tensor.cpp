// SPDX-License-Identifier: MIT
#include "sim/training/weight_tensor.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "sim/core/stripes.hpp"
#include "sim/core/sums.hpp"

namespace steq {
namespace {

/// visit(i) for every i in [0, n) with a[i] != b[i], in order. Most stretches are equal and are passed over whole.
template <class Visit>
void for_each_difference(std::size_t n, const Level* a, const Level* b, const Visit& visit) {
  constexpr std::size_t stretch = 64;
  for (std::size_t first = 0; first < n; first += stretch) {
    const std::size_t size = std::min(stretch, n - first);
    if (std::memcmp(a + first, b + first, size * sizeof(Level)) == 0) continue;
    for (std::size_t i = first; i < first + size; ++i)
      if (a[i] != b[i]) visit(i);
  }
}

template <class T>
bool all_finite(std::span<const T> values) {
  int broken = 0;
  for (const T value : values) broken |= !(std::abs(value) <= std::numeric_limits<T>::max());
  return broken == 0;
}

}  // namespace

template <class T>
WeightTensor<T>::WeightTensor(WeightTensorSetup setup)
    : info_(std::move(setup.info)),
      index_(setup.index),
      rate_factor_(setup.rate_factor),
      seed_(setup.seed),
      optimizer_(setup.optimizer),
      storage_(setup.storage),
      quantizer_(setup.quantizer && setup.quantizer->has_levels() ? std::move(setup.quantizer) : nullptr),
      estimator_(std::move(setup.estimator)),
      latent_(info_.size()),
      values_(quantizer_ ? info_.size() : 0),
      levels_(quantizer_ ? info_.size() : 0),
      block_changes_(blocks()),
      block_paths_(blocks()),
      block_extremes_(blocks()),
      block_finite_(blocks(), 1) {
  for (std::size_t i = 0; i < latent_.size(); ++i) latent_[i] = static_cast<T>(setup.initial[i]);
  for (std::size_t s = 0; s < optimizer_->state_count(); ++s) states_.emplace_back(info_.size());
  if (!quantized()) return;
  grid_.emplace(GridNumbersSetup{.quantizer = *quantizer_,
                                 .estimator = *estimator_,
                                 .optimizer = *optimizer_,
                                 .weights = latent_.size(),
                                 .updates_per_epoch = setup.updates_per_epoch,
                                 .given = std::move(setup.grid_numbers)});
  begin();
}

/// What is stored is cut to the grid of the weights as they came; the grid is then that of what is stored.
template <class T>
void WeightTensor<T>::begin() {
  grid_->begin(std::span<const T>(latent()));
  for (std::size_t b = 0; storage_ && !storage_->keeps_all() && b < blocks(); ++b) keep_stored(b);
  grid_->begin(std::span<const T>(latent()));
  for (std::size_t b = 0; b < blocks(); ++b) {
    quantize_block(b, 0);
    block_changes_[b].clear();
  }
}

template <class T>
BlockPlace WeightTensor<T>::place(Step step, const GroupPart& part) const {
  return {.seed = seed_,
          .step = step,
          .tensor = index_,
          .first = part.first,
          .frame = grid_->frame(part.group),
          .grid = grid_->of_group(part.group),
          .estimator = grid_->of_estimator()};
}

template <class T>
std::span<const T> WeightTensor<T>::evaluated(bool hard, Step next) {
  if (!trains_otherwise()) return values();
  if (evaluated_.size() == 0) evaluated_ = Buffer<T>(latent_.size());
  for (std::size_t b = 0; b < blocks(); ++b)
    for (const GroupPart& part : parts(b)) evaluate_part(part, hard, next);
  return evaluated_.span();
}

template <class T>
void WeightTensor<T>::evaluate_part(const GroupPart& part, bool hard, Step next) {
  const std::vector<double> numbers = grid_->numbers().before(part.group, next);
  BlockPlace here = place(next, part);
  here.grid = numbers;
  here.hard = hard;
  std::array<Level, kBlock> level;
  quantizer_->quantize(latent().subspan(part.first, part.size), std::span(level).first(part.size),
                       evaluated_.span().subspan(part.first, part.size), here);
}

template <class T>
void WeightTensor<T>::quantize_block(std::size_t block, Step step) {
  const std::size_t first = block * kBlock, n = size_of(block);
  std::array<Level, kBlock> fresh;
  for (const GroupPart& s : parts(block))
    quantizer_->quantize(latent().subspan(s.first, s.size), std::span(fresh).subspan(s.first - first, s.size),
                         values_.span().subspan(s.first, s.size), place(step, s));
  Level* level = levels_.data() + first;
  block_changes_[block].clear();
  for_each_difference(n, level, fresh.data(), [&](std::size_t i) {
    block_changes_[block].push_back(static_cast<WeightIndex>(first + i));
    level[i] = fresh[i];
  });
}

/// Lets the estimator work on the gradient and clips each value.
template <class T>
void WeightTensor<T>::estimate(std::size_t block, const UpdateJob<T>& job, std::span<T> gradient) const {
  for (const GroupPart& s : parts(block)) {
    const BlockPlace here = place(job.context.update, s);
    const std::span<const T> w = latent().subspan(s.first, s.size);
    const std::span<T> g = gradient.subspan(s.first - block * kBlock, s.size);
    estimator_->multiply(w, g, here);
    estimator_->gate().close(w, levels().subspan(s.first, s.size), here.frame, quantizer_->grid().highest(), g);
  }
  if (const double limit = optimizer_->options().clip_value; limit > 0) clip_each(gradient, limit);
}

/// The gradient of a block as the rule sees it but for decay: the norm is clipped after the estimator, or before it.
template <class T>
void WeightTensor<T>::prepare(std::size_t block, const UpdateJob<T>& job, std::span<T> gradient) const {
  std::copy_n(raw(block, job).data(), gradient.size(), gradient.data());
  const bool before = optimizer_->options().clip_before_estimator;
  if (!before) estimate(block, job, gradient);
  if (job.gradient_factor != 1)
    for (T& x : gradient) x *= static_cast<T>(job.gradient_factor);
  if (before) estimate(block, job, gradient);
}

template <class T>
double WeightTensor<T>::gradient_square(std::size_t block, const UpdateJob<T>& job) const {
  const std::size_t n = size_of(block);
  alignas(64) std::array<T, kBlock> g;
  std::copy_n(raw(block, job).data(), n, g.data());
  if (!optimizer_->options().clip_before_estimator) estimate(block, job, std::span(g).first(n));
  alignas(64) std::array<double, kBlock> squares;
  for (std::size_t i = 0; i < n; ++i) squares[i] = double{g[i]} * double{g[i]};
  return striped_sum<double>(std::span(squares).first(n));
}

template <class T>
void WeightTensor<T>::close_gate(std::size_t first, std::span<double> gradient) const {
  for (const GroupPart& s : parts(first / kBlock))
    estimator_->gate().close(latent().subspan(s.first, s.size), levels().subspan(s.first, s.size),
                             grid_->frame(s.group), quantizer_->grid().highest(),
                             gradient.subspan(s.first - first, s.size));
}

template <class T>
void WeightTensor<T>::update_block(std::size_t block, const UpdateJob<T>& job) {
  const std::size_t first = block * kBlock, n = size_of(block);
  const std::span<T> w = latent_.span().subspan(first, n);
  alignas(64) std::array<T, kBlock> gradient, before;
  const std::span<T> g = std::span(gradient).first(n);
  if (quantized()) learn_grid(block, job);
  if (!trained()) return;
  prepare(block, job, g);
  if (quantized()) std::copy(w.begin(), w.end(), before.begin());
  decay<T>(optimizer_->options(), job.context.learning_rate, w, g);
  UpdateBlock<T> update{w, g, {}};
  for (std::size_t s = 0; s < states_.size(); ++s) update.state[s] = states_[s].span().subspan(first, n);
  optimizer_->update(update, {job.context.learning_rate * rate_factor_, job.context.update});
  keep_stored(block);
  block_finite_[block] = all_finite<T>(w);
  if (!quantized()) return;
  measure_step(block, std::span<const T>(before).first(n));
  if (!moves()) quantize_block(block, job.context.update);
}

/// Hands dL/dQ(w) to the learned numbers of the grid, before anything else is done to it.
template <class T>
void WeightTensor<T>::learn_grid(std::size_t block, const UpdateJob<T>& job) {
  block_extremes_[block].gradient = largest_magnitude<T>(raw(block, job));
  grid_->add_gradients(block, latent().subspan(block * kBlock, size_of(block)), raw(block, job),
                       {.seed = seed_, .step = job.context.update, .tensor = index_});
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
void WeightTensor<T>::keep_stored(std::size_t block) {
  if (!storage_ || storage_->keeps_all()) return;
  for (const GroupPart& s : parts(block))
    storage_->keep(latent_.span().subspan(s.first, s.size), grid_->frame(s.group));
}

template <class T>
void WeightTensor<T>::finish_update() {
  if (!quantized()) return;
  path_length_ += pairwise_sum(block_paths_);
  for (const TensorExtremes& block : block_extremes_)
    extremes_ = {std::max(extremes_.gradient, block.gradient), std::max(extremes_.step, block.step)};
  changed_.clear();
  for (const auto& block : block_changes_) changed_.insert(changed_.end(), block.begin(), block.end());
}

template <class T>
std::optional<WeightIndex> WeightTensor<T>::broken() const {
  for (std::size_t b = 0; b < blocks(); ++b)
    for (std::size_t i = b * kBlock; !block_finite_[b] && i < std::min((b + 1) * kBlock, latent_.size()); ++i)
      if (!std::isfinite(latent_[i])) return static_cast<WeightIndex>(i);
  return std::nullopt;
}

template class WeightTensor<float>;
template class WeightTensor<double>;

}  // namespace steq

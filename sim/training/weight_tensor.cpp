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
WeightTensor<T>::WeightTensor(const TensorInfo& info, std::uint32_t index, std::span<const double> initial,
                              std::size_t states, std::unique_ptr<Quantizer> quantizer,
                              std::unique_ptr<Estimator> estimator, double rate_factor, std::uint64_t seed)
    : info_(info),
      index_(index),
      rate_factor_(rate_factor),
      seed_(seed),
      quantizer_(std::move(quantizer)),
      estimator_(std::move(estimator)),
      latent_(info.size()),
      values_(quantizer_ ? info.size() : 0),
      levels_(quantizer_ ? info.size() : 0),
      block_changes_(blocks()),
      block_paths_(blocks()),
      block_extremes_(blocks()),
      block_finite_(blocks(), 1) {
  for (std::size_t i = 0; i < initial.size(); ++i) latent_[i] = static_cast<T>(initial[i]);
  for (std::size_t s = 0; s < states; ++s) states_.emplace_back(info.size());
  for (std::size_t b = 0; quantized() && b < blocks(); ++b) quantize_block(b, 0, {});
  measure_magnitude();
}

template <class T>
void WeightTensor<T>::measure_magnitude() {
  if (!quantized() || !estimator_->traits().layer_wide) return;
  const double sum = pairwise_sum(0, latent_.size(), [&](std::size_t i) { return std::abs(double{latent_[i]}); });
  magnitude_ = sum / static_cast<double>(latent_.size());
}

template <class T>
void WeightTensor<T>::quantize_block(std::size_t block, Step step, std::span<const T> before) {
  const std::size_t first = block * kBlock, n = std::min(kBlock, latent_.size() - first);
  const std::span<const T> w = latent_.span().subspan(first, n);
  std::array<Level, kBlock> fresh;
  quantizer_->quantize(w, std::span(fresh).first(n), values_.span().subspan(first, n), place(step, first));
  if (before.empty()) {
    std::copy_n(fresh.begin(), n, levels_.begin() + static_cast<std::ptrdiff_t>(first));
    return;
  }
  Level* level = levels_.data() + first;
  block_changes_[block].clear();
  for_each_difference(n, level, fresh.data(), [&](std::size_t i) {
    block_changes_[block].push_back(static_cast<WeightIndex>(first + i));
    level[i] = fresh[i];
  });
  alignas(64) std::array<T, kBlock> way;
  for (std::size_t i = 0; i < n; ++i) way[i] = std::abs(w[i] - before[i]);
  block_paths_[block] = striped_sum<T>(std::span(way).first(n));
  block_extremes_[block].step = largest_magnitude<T>(std::span(way).first(n));
}

/// Lets the estimator work on the gradient and clips each value; returns the largest |dL/dQ(w)|.
template <class T>
T WeightTensor<T>::estimate(std::size_t first, const UpdateJob<T>& job, std::span<T> gradient) const {
  std::copy_n(job.gradients[index_].data() + first, gradient.size(), gradient.data());
  T most = 0;
  if (quantized()) {
    most = largest_magnitude<T>(gradient);
    estimator_->backward(latent_.span().subspan(first, gradient.size()), gradient, place(job.context.update, first));
  }
  if (const double limit = job.optimizer->options().clip_value; limit > 0) clip_each(gradient, limit);
  return most;
}

template <class T>
double WeightTensor<T>::gradient_square(std::size_t block, const UpdateJob<T>& job) const {
  const std::size_t first = block * kBlock, n = std::min(kBlock, latent_.size() - first);
  alignas(64) std::array<T, kBlock> g;
  estimate(first, job, std::span(g).first(n));
  alignas(64) std::array<double, kBlock> squares;
  for (std::size_t i = 0; i < n; ++i) squares[i] = double{g[i]} * double{g[i]};
  return striped_sum<double>(std::span(squares).first(n));
}

template <class T>
void WeightTensor<T>::update_block(std::size_t block, const UpdateJob<T>& job) {
  const std::size_t first = block * kBlock, n = std::min(kBlock, latent_.size() - first);
  const std::span<T> w = latent_.span().subspan(first, n);
  alignas(64) std::array<T, kBlock> gradient, before;
  const std::span<T> g = std::span(gradient).first(n);
  block_extremes_[block].gradient = estimate(first, job, g);
  if (quantized()) std::copy(w.begin(), w.end(), before.begin());
  if (job.gradient_factor != 1)
    for (T& x : g) x *= static_cast<T>(job.gradient_factor);
  decay<T>(job.optimizer->options(), job.context.learning_rate, w, g);
  UpdateBlock<T> update{w, g, {}};
  for (std::size_t s = 0; s < states_.size(); ++s) update.state[s] = states_[s].span().subspan(first, n);
  job.optimizer->update(update, {job.context.learning_rate * rate_factor_, job.context.update});
  block_finite_[block] = all_finite<T>(w);
  if (quantized()) quantize_block(block, job.context.update, std::span<const T>(before).first(n));
}

template <class T>
void WeightTensor<T>::finish_update() {
  if (!quantized()) return;
  path_length_ += pairwise_sum(block_paths_);
  for (const TensorExtremes& block : block_extremes_)
    extremes_ = {std::max(extremes_.gradient, block.gradient), std::max(extremes_.step, block.step)};
  measure_magnitude();
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

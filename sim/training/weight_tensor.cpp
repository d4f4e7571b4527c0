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
      block_changes_of_grid_(blocks()),
      block_paths_(blocks()),
      block_moved_(blocks()),
      block_extremes_(blocks()),
      block_finite_(blocks(), 1) {
  for (std::size_t i = 0; i < latent_.size(); ++i) latent_[i] = static_cast<T>(setup.initial[i]);
  for (std::size_t s = 0; s < optimizer_->state_count(); ++s) states_.emplace_back(info_.size());
  if (!quantized()) {
    for (std::size_t b = 0; b < blocks(); ++b) keep_stored(b, 0);
    return;
  }
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
  for (std::size_t b = 0; b < blocks(); ++b) keep_stored(b, 0);
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
          .estimator = grid_->of_estimator(),
          .gathered = grid_->gathered(part.group)};
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
  if (moves()) block_changes_of_grid_[block] = count_of_grid(block, std::span(fresh).first(n));
  block_changes_[block].clear();
  for_each_difference(n, level, fresh.data(), [&](std::size_t i) {
    block_changes_[block].push_back(static_cast<WeightIndex>(first + i));
    level[i] = fresh[i];
  });
}

/// Of the weights that are about to change their level.
template <class T>
std::size_t WeightTensor<T>::count_of_grid(std::size_t block, std::span<const Level> fresh) const {
  const std::size_t first = block * kBlock;
  std::size_t count = 0;
  for (const GroupPart& s : parts(block))
    if (!grid_->before(s.group).empty())
      for_each_difference(s.size, levels_.data() + s.first, fresh.data() + (s.first - first),
                          [&](std::size_t i) { count += stays_on_grid_before(s.first + i, s); });
  return count;
}

template <class T>
bool WeightTensor<T>::stays_on_grid_before(std::size_t weight, const GroupPart& part) const {
  const std::span<const double> numbers = grid_->before(part.group);
  const BlockPlace before{.frame = quantizer_->frame_at(numbers), .grid = numbers, .hard = true};
  Level level = 0;
  T value = 0;
  quantizer_->quantize(latent().subspan(weight, 1), std::span(&level, 1), std::span(&value, 1), before);
  return level == levels_[weight];
}

template <class T>
void WeightTensor<T>::keep_stored(std::size_t block, Step step) {
  if (!storage_ || storage_->keeps_all() || !info_.trainable) return;
  if (storage_->rounds_changes())
    return storage_->keep(latent_.span().subspan(block * kBlock, size_of(block)), place(step, block));
  for (const GroupPart& s : parts(block))
    storage_->keep(latent_.span().subspan(s.first, s.size), {.frame = grid_->frame(s.group)});
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

// SPDX-License-Identifier: MIT
#include "sim/training/grid_numbers.hpp"

#include <algorithm>

#include "sim/core/sums.hpp"

namespace steq {

GridNumbers::GridNumbers(const Quantizer& quantizer, const Estimator& estimator, const Optimizer& optimizer,
                         std::size_t weights)
    : quantizer_(&quantizer),
      estimator_(&estimator),
      optimizer_(&optimizer),
      infos_(quantizer.parameters()),
      group_size_(quantizer.group() > 0 ? quantizer.group() : weights) {
  for (std::size_t i = 0; i < infos_.size(); ++i)
    if (infos_[i].by == GridParameter::By::learned) learned_.push_back(i);
  const std::size_t groups = (weights + group_size_ - 1) / group_size_;
  numbers_.resize(groups * infos_.size());
  own_.resize(estimator.parameters().size());
  const std::vector<std::vector<double>> at_rest(optimizer.state_count(), std::vector<double>(groups));
  states_.assign(learned_.size(), at_rest);
  frames_.assign(groups, quantizer.grid().frame());
  for (std::size_t block = 0; block < weights; block += kBlock) {
    first_part_.push_back(parts_.size());
    for (std::size_t i = block, end = std::min(block + kBlock, weights); i < end; i += parts_.back().size) {
      const std::size_t group = i / group_size_;
      parts_.push_back({group, i, std::min(end, (group + 1) * group_size_) - i});
    }
  }
  first_part_.push_back(parts_.size());
  sums_.resize(parts_.size() * learned_.size());
}

template <class T>
void GridNumbers::begin(std::span<const T> w) {
  fit(w);
  for (std::size_t group = 0; move() && group < groups(); ++group)
    quantizer_->start(w.subspan(group * group_size_, std::min(group_size_, w.size() - group * group_size_)),
                      of_group(group));
  place_frames();
}

template <class T>
void GridNumbers::add_gradients(std::size_t block, std::span<const T> w, std::span<const T> gradient,
                                const BlockPlace& place) {
  if (learned_.empty()) return;
  const std::size_t begin = parts(block).front().first;
  for (std::size_t s = first_part_[block]; s < first_part_[block + 1]; ++s) {
    const GroupPart& part = parts_[s];
    const std::size_t offset = part.first - begin;
    BlockPlace here = place;
    here.first = part.first;
    here.grid = std::as_const(*this).of_group(part.group);
    const std::span<double> sums = std::span(sums_).subspan(s * learned_.size(), learned_.size());
    std::ranges::fill(sums, 0.0);
    quantizer_->add_gradients(w.subspan(offset, part.size), gradient.subspan(offset, part.size), here, sums);
  }
}

template <class T>
void GridNumbers::step(std::span<const T> w, const UpdateContext& context) {
  learn(context);
  fit(w);
  place_frames();
}

template <class T>
void GridNumbers::fit(std::span<const T> w) {
  for (std::size_t group = 0; !infos_.empty() && group < groups(); ++group)
    quantizer_->fit(w.subspan(group * group_size_, std::min(group_size_, w.size() - group * group_size_)),
                    of_group(group));
  if (!own_.empty()) estimator_->fit(w, own_);
}

/// Segments lie one group after the other.
double GridNumbers::gradient_of(std::size_t group, std::size_t learned) const {
  const auto of_group = std::ranges::equal_range(parts_, group, {}, &GroupPart::group);
  const auto first = static_cast<std::size_t>(of_group.begin() - parts_.begin());
  return pairwise_sum(first, first + of_group.size(),
                      [&](std::size_t s) { return sums_[s * learned_.size() + learned]; });
}

void GridNumbers::learn(const UpdateContext& context) {
  std::vector<double> gradient(groups());
  for (std::size_t l = 0; l < learned_.size(); ++l) {
    for (std::size_t group = 0; group < groups(); ++group) gradient[group] = gradient_of(group, l);
    learn(l, gradient, context);
  }
}

/// Neither clipped nor decayed.
void GridNumbers::learn(std::size_t l, std::span<const double> gradient, const UpdateContext& context) {
  const GridParameter& info = infos_[learned_[l]];
  std::vector<double> values(groups());
  for (std::size_t group = 0; group < groups(); ++group) values[group] = of_group(group)[learned_[l]];
  UpdateBlock<double> block{values, gradient, {}};
  for (std::size_t s = 0; s < states_[l].size(); ++s) block.state[s] = states_[l][s];
  optimizer_->update(block, {context.learning_rate * info.rate_factor, context.update});
  for (std::size_t group = 0; group < groups(); ++group)
    of_group(group)[learned_[l]] = std::max(info.least, values[group]);
}

void GridNumbers::place_frames() {
  if (infos_.empty()) return;
  for (std::size_t group = 0; group < groups(); ++group) frames_[group] = quantizer_->frame_at(of_group(group));
}

template void GridNumbers::begin(std::span<const float>);
template void GridNumbers::begin(std::span<const double>);
template void GridNumbers::add_gradients(std::size_t, std::span<const float>, std::span<const float>,
                                         const BlockPlace&);
template void GridNumbers::add_gradients(std::size_t, std::span<const double>, std::span<const double>,
                                         const BlockPlace&);
template void GridNumbers::step(std::span<const float>, const UpdateContext&);
template void GridNumbers::step(std::span<const double>, const UpdateContext&);

}  // namespace steq

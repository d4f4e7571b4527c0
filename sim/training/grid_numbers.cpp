// SPDX-License-Identifier: MIT
#include "sim/training/grid_numbers.hpp"

#include <algorithm>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

std::size_t size_of_groups(const GridNumbersSetup& setup) {
  return setup.quantizer.group() > 0 ? setup.quantizer.group() : setup.weights;
}

std::size_t count_groups(const GridNumbersSetup& setup) {
  return (setup.weights + size_of_groups(setup) - 1) / size_of_groups(setup);
}

}  // namespace

GridNumbers::GridNumbers(GridNumbersSetup setup)
    : quantizer_(&setup.quantizer),
      estimator_(&setup.estimator),
      group_size_(size_of_groups(setup)),
      numbers_(setup.quantizer, setup.optimizer, count_groups(setup), setup.updates_per_epoch),
      given_(std::move(setup.given)),
      own_(setup.estimator.parameters().size()),
      gathered_(numbers_.groups() * setup.estimator.gathered()),
      frames_(numbers_.groups(), setup.quantizer.grid().frame()) {
  for (std::size_t block = 0; block < setup.weights; block += kBlock) {
    first_part_.push_back(parts_.size());
    for (std::size_t i = block, end = std::min(block + kBlock, setup.weights); i < end; i += parts_.back().size) {
      const std::size_t group = i / group_size_;
      parts_.push_back({group, i, std::min(end, (group + 1) * group_size_) - i});
    }
  }
  first_part_.push_back(parts_.size());
  sums_.resize(parts_.size() * numbers_.learned());
}

template <class T>
void GridNumbers::begin(std::span<const T> w) {
  numbers_.schedule(0);
  fit(w, {});
  if (!own_.empty()) estimator_->fit(w, own_);
  for (std::size_t group = 0; !numbers_.empty() && group < groups(); ++group)
    quantizer_->start(group_of(w, group), numbers_.of_group(group));
  numbers_.take(given_);
  place_frames();
}

template <class T>
void GridNumbers::gather(const GroupGradients<T>& tensor) {
  const std::size_t width = estimator_->gathered();
  for (std::size_t group = 0; group < groups(); ++group)
    estimator_->gather(GroupGradients<T>{.w = group_of(tensor.w, group),
                                         .value = group_of(tensor.value, group),
                                         .gradient = group_of(tensor.gradient, group),
                                         .factor = tensor.factor,
                                         .first = group * group_size_,
                                         .grid = of_group(group)},
                       std::span(gathered_).subspan(group * width, width));
}

template <class T>
void GridNumbers::add_gradients(std::size_t block, std::span<const T> w, std::span<const T> gradient,
                                const BlockPlace& place) {
  if (numbers_.learned() == 0) return;
  const std::size_t begin = parts(block).front().first;
  for (std::size_t s = first_part_[block]; s < first_part_[block + 1]; ++s) {
    const GroupPart& part = parts_[s];
    const std::size_t offset = part.first - begin;
    BlockPlace here = place;
    here.first = part.first;
    here.grid = of_group(part.group);
    const std::span<double> sums = std::span(sums_).subspan(s * numbers_.learned(), numbers_.learned());
    std::ranges::fill(sums, 0.0);
    quantizer_->add_gradients(w.subspan(offset, part.size), gradient.subspan(offset, part.size), here, sums);
  }
}

template <class T>
void GridNumbers::step(std::span<const T> w, std::span<const T> curvature, const UpdateContext& context) {
  before_.assign(numbers_.all().begin(), numbers_.all().end());
  numbers_.learn([this](std::size_t group, std::size_t learned) { return gradient_of(group, learned); }, context);
  numbers_.schedule(context.update);
  if (const Step every = quantizer_->refit_every(); every > 0 && context.update % every == 0) fit(w, curvature);
  if (!own_.empty()) estimator_->fit(w, own_);
  place_frames();
}

template <class T>
void GridNumbers::fit(std::span<const T> w, std::span<const T> curvature) {
  for (std::size_t group = 0; !numbers_.empty() && group < groups(); ++group)
    quantizer_->fit(group_of(w, group), curvature.empty() ? curvature : group_of(curvature, group),
                    numbers_.of_group(group));
}

/// Parts lie one group after the other.
double GridNumbers::gradient_of(std::size_t group, std::size_t learned) const {
  const auto of_group = std::ranges::equal_range(parts_, group, {}, &GroupPart::group);
  const auto first = static_cast<std::size_t>(of_group.begin() - parts_.begin());
  return pairwise_sum(first, first + of_group.size(),
                      [&](std::size_t s) { return sums_[s * numbers_.learned() + learned]; });
}

void GridNumbers::place_frames() {
  if (numbers_.empty()) return;
  for (std::size_t group = 0; group < groups(); ++group) frames_[group] = quantizer_->frame_at(of_group(group));
}

template void GridNumbers::begin(std::span<const float>);
template void GridNumbers::begin(std::span<const double>);
template void GridNumbers::gather(const GroupGradients<float>&);
template void GridNumbers::gather(const GroupGradients<double>&);
template void GridNumbers::add_gradients(std::size_t, std::span<const float>, std::span<const float>,
                                         const BlockPlace&);
template void GridNumbers::add_gradients(std::size_t, std::span<const double>, std::span<const double>,
                                         const BlockPlace&);
template void GridNumbers::step(std::span<const float>, std::span<const float>, const UpdateContext&);
template void GridNumbers::step(std::span<const double>, std::span<const double>, const UpdateContext&);

}  // namespace steq

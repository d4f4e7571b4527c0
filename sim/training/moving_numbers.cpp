// SPDX-License-Identifier: MIT
#include "sim/training/moving_numbers.hpp"

#include <algorithm>
#include <cmath>

namespace steq {

MovingNumbers::MovingNumbers(const Quantizer& quantizer, const Optimizer& optimizer, std::size_t groups,
                             Step updates_per_epoch)
    : quantizer_(&quantizer),
      optimizer_(&optimizer),
      infos_(quantizer.parameters()),
      groups_(groups),
      updates_per_epoch_(updates_per_epoch) {
  for (std::size_t i = 0; i < infos_.size(); ++i)
    for (std::size_t n = 0; n < infos_[i].count; ++n) {
      if (infos_[i].by == GridParameter::By::learned) learned_.push_back(infos_of_.size());
      infos_of_.push_back(i);
    }
  values_.resize(groups * width());
  const std::vector<std::vector<double>> at_rest(optimizer.state_count(), std::vector<double>(groups));
  states_.assign(learned_.size(), at_rest);
}

std::vector<double> MovingNumbers::before(std::size_t group, Step next) const {
  const std::span<const double> now = of_group(group);
  std::vector<double> numbers(now.begin(), now.end());
  quantizer_->schedule({next > 0 ? next - 1 : 0, updates_per_epoch_}, numbers);
  return numbers;
}

NamedNumbers MovingNumbers::named() const {
  NamedNumbers named;
  for_each(*this, [&](const GridParameter& info, std::span<const double> numbers, std::size_t) {
    std::vector<double>& all = named[info.name];
    all.insert(all.end(), numbers.begin(), numbers.end());
  });
  return named;
}

void MovingNumbers::take(const NamedNumbers& given) {
  using By = GridParameter::By;
  for_each(*this, [&](const GridParameter& info, std::span<double> numbers, std::size_t group) {
    const auto found = given.find(info.name);
    if (found == given.end() || (info.by != By::learned && info.by != By::first)) return;
    std::copy_n(found->second.begin() + static_cast<std::ptrdiff_t>(group * info.count), info.count, numbers.begin());
  });
}

void MovingNumbers::learn(std::size_t l, std::span<const double> gradient, const UpdateContext& context) {
  const GridParameter& info = infos_[infos_of_[learned_[l]]];
  std::vector<double> values(groups_);
  for (std::size_t group = 0; group < groups_; ++group) values[group] = of_group(group)[learned_[l]];
  UpdateBlock<double> block{values, gradient, {}};
  for (std::size_t s = 0; s < states_[l].size(); ++s) block.state[s] = states_[l][s];
  optimizer_->update(block, {context.learning_rate * info.rate_factor, context.update});
  for (std::size_t group = 0; group < groups_; ++group)
    of_group(group)[learned_[l]] = std::isfinite(values[group]) ? std::max(info.least, values[group]) : values[group];
}

/// Their order may have changed; the optimizer's states stay where they are.
void MovingNumbers::sort_rising() {
  for_each(*this, [](const GridParameter& info, std::span<double> numbers, std::size_t) {
    const auto finite = [](double x) { return std::isfinite(x); };
    if (info.rises && std::ranges::all_of(numbers, finite)) std::ranges::sort(numbers);
  });
}

std::optional<std::string> MovingNumbers::broken() const {
  for (std::size_t i = 0; i < values_.size(); ++i)
    if (!std::isfinite(values_[i]))
      return fmt::format("grid parameter {} became {}", infos_[infos_of_[i % width()]].name,
                         to_text(Value(values_[i])));
  return std::nullopt;
}

bool MovingNumbers::begin_with(const NamedNumbers& given) const {
  return std::ranges::all_of(learned_,
                             [&](std::size_t number) { return given.contains(infos_[infos_of_[number]].name); });
}

void MovingNumbers::schedule(Step update) {
  for (std::size_t group = 0; !empty() && group < groups_; ++group)
    quantizer_->schedule({update, updates_per_epoch_}, of_group(group));
}

}  // namespace steq

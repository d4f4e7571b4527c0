// SPDX-License-Identifier: MIT
#include "sim/training/activation_quantizer.hpp"

#include <algorithm>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

/// Tensors of weights are counted from 0; layers, and the errors of layers, must share no draw with them.
constexpr std::uint32_t kActivations = 1u << 30, kErrors = 1u << 31;

constexpr TensorShape kOfActivations{.activations = true};

}  // namespace

ActivationQuantizer::ActivationQuantizer(const Setup& setup)
    : name_(setup.name),
      quantizer_(quantizer_registry().make(setup.activations.quantizer, setup.place + "quantizer", kOfActivations)),
      surrogate_(surrogate_registry().make(setup.activations.surrogate, setup.place + "surrogate", quantizer_->grid())),
      index_(static_cast<std::uint32_t>(setup.index)),
      seed_(setup.seed),
      numbers_(*quantizer_, setup.optimizer, 1, setup.updates_per_epoch),
      given_(setup.given),
      waits_(!numbers_.begin_with(given_)) {
  errors_ = quantizer_registry().make(setup.activations.errors, setup.place + "errors", kOfActivations);
  if (errors_->moves())
    throw InputError(setup.place + "errors",
                     fmt::format("{} is not allowed: its grid moves; allowed: a quantizer whose grid stands",
                                 setup.activations.errors.name));
  if (!waits_ && !numbers_.empty()) begin(1);
}

void ActivationQuantizer::begin(double largest) {
  numbers_.schedule(0);
  quantizer_->start(std::span<const double>(&largest, 1), numbers_.of_group(0));
  numbers_.take(given_);
  waits_ = false;
}

ActivationRule ActivationQuantizer::rule(Step step, std::span<const double> numbers) const {
  const bool moves = quantizer_->moves(), quantizes = quantizer_->has_levels();
  return {.quantizer = quantizes ? quantizer_.get() : nullptr,
          .surrogate = quantizes ? surrogate_.get() : nullptr,
          .errors = errors_->has_levels() ? errors_.get() : nullptr,
          .place = {.seed = seed_,
                    .step = step,
                    .tensor = kActivations + index_,
                    .frame = moves ? quantizer_->frame_at(numbers) : quantizer_->grid().frame(),
                    .grid = numbers},
          .error_place = {.seed = seed_, .step = step, .tensor = kErrors + index_}};
}

ActivationRule ActivationQuantizer::training(Step step, std::size_t batch) {
  sums_.resize(batch * numbers_.learned());
  ActivationRule now = rule(step, std::as_const(numbers_).of_group(0));
  now.batch = static_cast<double>(batch);
  now.sums = sums_;
  return now;
}

ActivationRule ActivationQuantizer::evaluation(bool hard, Step updates) {
  evaluated_ = numbers_.before(0, updates);
  ActivationRule now = rule(updates, evaluated_);
  now.place.hard = hard;
  return now;
}

std::optional<Grid> ActivationQuantizer::grid() const {
  if (!quantizer_->has_levels()) return std::nullopt;
  return quantizer_->moves() ? quantizer_->grid_at(std::as_const(numbers_).of_group(0)) : quantizer_->grid();
}

void ActivationQuantizer::update(const UpdateContext& context) {
  if (numbers_.empty()) return;
  const std::size_t learned = numbers_.learned(), samples = learned > 0 ? sums_.size() / learned : 0;
  numbers_.learn(
      [&](std::size_t, std::size_t l) {
        return pairwise_sum(0, samples, [&](std::size_t i) { return sums_[i * learned + l]; });
      },
      context);
  numbers_.schedule(context.update);
}

bool ActivationQuantizer::same(const ActivationQuantizer& other) const {
  return seed_ == other.seed_ && std::ranges::equal(numbers_.all(), other.numbers_.all());
}

}  // namespace steq

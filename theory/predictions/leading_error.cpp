// SPDX-License-Identifier: MIT
#include "theory/predictions/leading_error.hpp"

#include <cmath>

namespace steq {

LeadingError::LeadingError(std::size_t weights, const UpdateRule& rule, const GradientOptions& options)
    : rule_(rule), options_(options), predicted_(weights), variance_(weights), way_(weights) {
  if (std::holds_alternative<HeavyBall>(rule))
    for (auto* array : {&velocity_, &memory_, &mismatch_}) array->resize(weights);
  if (std::holds_alternative<AdaptiveMoments>(rule))
    for (auto* array : {&first_, &second_, &first_memory_, &second_memory_}) array->resize(weights);
}

void LeadingError::begin(const UpdateScales& scales) {
  scales_ = scales;
  const auto* rule = std::get_if<AdaptiveMoments>(&rule_);
  if (!rule || !rule->bias_corrected) return;
  first_correction_ = 1 / (1 - std::pow(rule->beta1, scales.step));
  second_correction_ = 1 / std::sqrt(1 - std::pow(rule->beta2, scales.step));
}

void LeadingError::advance(std::size_t i, const WeightState& at) {
  if (std::holds_alternative<HeavyBall>(rule_))
    predicted_[i] += heavy_ball(i, at);
  else if (std::holds_alternative<AdaptiveMoments>(rule_))
    predicted_[i] = predicted_[i] * (1 - scales_.rate * options_.decoupled_decay) + adaptive(i, at);
}

double LeadingError::heavy_ball(std::size_t i, const WeightState& at) {
  const auto& [momentum, nesterov] = std::get<HeavyBall>(rule_);
  const double rate = scales_.rate, h = scales_.norm_factor * at.gradient;
  // What the step has of a quantity and of its velocity.
  const auto looked_ahead = [&](double now, double velocity) {
    return nesterov ? now + momentum * velocity : velocity;
  };
  memory_[i] = momentum * (memory_[i] + way_[i] * velocity_[i]);
  velocity_[i] = momentum * velocity_[i] + h;
  const double step = looked_ahead(h, velocity_[i]);
  way_[i] = rate * step;
  const double kick = at.alpha * rate * h * at.spread / (1 - momentum);
  variance_[i] += kick * kick;
  const double stretched = at.w / at.q;  // of the decay, in the twin's coordinate, over alpha
  const double mismatch = scales_.norm_factor * at.excess / at.q +
                          (scales_.norm_factor - scales_.twin_norm_factor) * at.gradient +
                          options_.weight_decay * (stretched - at.mapped);
  mismatch_[i] = momentum * mismatch_[i] + mismatch;
  return -at.alpha * rate *
             (at.slope * (looked_ahead(0, memory_[i]) + way_[i] * step / 2) + looked_ahead(mismatch, mismatch_[i])) -
         rate * options_.decoupled_decay * (at.alpha * stretched - at.mapped);
}

double LeadingError::adaptive(std::size_t i, const WeightState& at) {
  const auto& rule = std::get<AdaptiveMoments>(rule_);
  const double h = at.gradient;
  first_memory_[i] = rule.beta1 * (first_memory_[i] + way_[i] * first_[i]);
  second_memory_[i] = rule.beta2 * (second_memory_[i] + way_[i] * second_[i]);
  first_[i] = rule.beta1 * first_[i] + (1 - rule.beta1) * h;
  second_[i] = rule.beta2 * second_[i] + (1 - rule.beta2) * h * h;
  way_[i] = scales_.rate * options_.decoupled_decay * at.w;
  if (second_[i] == 0) return 0;
  const double c1 = first_correction_, c2 = second_correction_;
  const double root = std::sqrt(second_[i]), denominator = c2 * root + rule.epsilon;
  way_[i] += scales_.rate * c1 * first_[i] / denominator;
  const double ahead = c1 * first_memory_[i] / denominator -
                       c1 * first_[i] * c2 * second_memory_[i] / (root * denominator * denominator);
  return -scales_.rate * at.slope / at.q * ahead;
}

}  // namespace steq

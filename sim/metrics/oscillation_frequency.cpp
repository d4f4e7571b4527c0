// SPDX-License-Identifier: MIT
#include "sim/metrics/oscillation_frequency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/errors.hpp"
#include "sim/processes/change_tracker.hpp"

namespace steq {

void require_valid(const OscillationSettings& settings) {
  if (!(settings.momentum > 0 && settings.momentum <= 1))
    throw DomainError(fmt::format("oscillation: momentum {} is not in (0, 1]", settings.momentum));
  if (!(settings.threshold > 0 && settings.threshold < 1))
    throw DomainError(fmt::format("oscillation: threshold {} is not in (0, 1)", settings.threshold));
}

double OscillationFrequency::at(Step t, double momentum) const {
  return frequency_ * std::pow(1 - momentum, static_cast<double>(t - last_));
}

void OscillationFrequency::oscillate(Step t, double momentum) {
  frequency_ = at(t, momentum) + momentum;
  last_ = t;
}

Step OscillationFrequency::calm(const OscillationSettings& settings, Step end) const {
  const auto above = [&](Step t) { return at(t, settings.momentum) > settings.threshold; };
  if (!above(last_)) return last_;
  const double wait = std::log(settings.threshold / frequency_) / std::log1p(-settings.momentum);
  Step step = last_ + static_cast<Step>(std::min(wait, static_cast<double>(end - last_)));
  while (step > last_ && !above(step - 1)) --step;  // the logarithms may be one off
  while (step < end && above(step)) ++step;
  return step;
}

std::vector<double> oscillation_frequencies(const ChangePointLog& log, double momentum, Step steps) {
  require_valid({.momentum = momentum});
  std::vector<OscillationFrequency> weights(log.initial_levels().size());
  for_each_change(log, [&](const ChangePoint& point, const LevelChange& change) {
    if (change.reversal) weights[point.weight].oscillate(point.step, momentum);
  });
  std::vector<double> frequencies;
  for (const OscillationFrequency& weight : weights) frequencies.push_back(weight.at(steps, momentum));
  return frequencies;
}

std::vector<std::uint32_t> reversal_counts(const ChangePointLog& log) {
  std::vector<std::uint32_t> counts(log.initial_levels().size());
  for_each_change(
      log, [&](const ChangePoint& point, const LevelChange& change) { counts[point.weight] += change.reversal; });
  return counts;
}

}  // namespace steq

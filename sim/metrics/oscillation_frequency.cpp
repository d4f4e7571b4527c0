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

QuietDecay::QuietDecay(double momentum, Step steps) : momentum_(momentum), powers_{1} {
  while (powers_.size() <= steps && powers_.back() > 0)
    powers_.push_back(std::pow(1 - momentum, static_cast<double>(powers_.size())));
}

Step QuietDecay::updates_until(double frequency, double threshold) const {
  const auto above = [&](double power) { return frequency * power > threshold; };
  return static_cast<Step>(std::ranges::partition_point(powers_, above) - powers_.begin());
}

void OscillationFrequency::oscillate(Step t, const QuietDecay& decay) {
  frequency_ = at(t, decay) + decay.momentum();
  last_ = t;
}

Step OscillationFrequency::below_from(double threshold, const QuietDecay& decay, Step end) const {
  return last_ + std::min(decay.updates_until(frequency_, threshold), end - last_);
}

std::vector<double> oscillation_frequencies(const ChangePointLog& log, double momentum, Step steps) {
  require_valid({.momentum = momentum});
  const QuietDecay decay(momentum, steps);
  std::vector<OscillationFrequency> weights(log.initial_levels().size());
  for_each_change(log, [&](const ChangePoint& point, const LevelChange& change) {
    if (change.reversal) weights[point.weight].oscillate(point.step, decay);
  });
  std::vector<double> frequencies;
  for (const OscillationFrequency& weight : weights) frequencies.push_back(weight.at(steps, decay));
  return frequencies;
}

std::vector<std::uint32_t> reversal_counts(const ChangePointLog& log) {
  std::vector<std::uint32_t> counts(log.initial_levels().size());
  for_each_change(
      log, [&](const ChangePoint& point, const LevelChange& change) { counts[point.weight] += change.reversal; });
  return counts;
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "sim/metrics/oscillation_totals.hpp"

#include <algorithm>
#include <cstdlib>

#include "sim/core/sums.hpp"
#include "sim/processes/change_tracker.hpp"

namespace steq {
namespace {

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

}  // namespace

OscillationTotals& OscillationTotals::operator+=(const OscillationTotals& other) {
  weights += other.weights;
  steps = std::max(steps, other.steps);
  changes += other.changes;
  reversals += other.reversals;
  largest_jump = std::max(largest_jump, other.largest_jump);
  frequency_sum += other.frequency_sum;
  oscillating += other.oscillating;
  return *this;
}

double OscillationTotals::flip_ratio() const {
  return share(static_cast<double>(changes), static_cast<double>(weights) * steps);
}

double OscillationTotals::mean_frequency() const { return share(frequency_sum, static_cast<double>(weights)); }

double OscillationTotals::oscillating_share() const {
  return share(static_cast<double>(oscillating), static_cast<double>(weights));
}

OscillationTotals oscillation_totals(const ChangePointLog& log, const OscillationSettings& settings, Step steps) {
  require_valid(settings);
  const std::vector<double> frequencies = oscillation_frequencies(log, settings.momentum, steps);
  OscillationTotals totals{.weights = frequencies.size(), .steps = steps};
  for_each_change(log, [&](const ChangePoint&, const LevelChange& change) {
    totals.changes += 1;
    totals.reversals += change.reversal;
    totals.largest_jump = std::max(totals.largest_jump, std::abs(change.jump));
  });
  totals.frequency_sum = pairwise_sum(frequencies);
  totals.oscillating =
      static_cast<std::uint64_t>(std::ranges::count_if(frequencies, [&](double f) { return f > settings.threshold; }));
  return totals;
}

}  // namespace steq

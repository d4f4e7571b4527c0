// SPDX-License-Identifier: MIT
#include "sim/metrics/oscillation_curve.hpp"

#include <algorithm>
#include <numeric>

#include "sim/metrics/add_entries.hpp"
#include "sim/processes/change_tracker.hpp"

namespace steq {
namespace {

/// Counts, from the moments at which weights begin and cease to oscillate, how many do.
class OscillatingCount {
 public:
  OscillatingCount(std::size_t weights, const OscillationSettings& settings, Step steps)
      : threshold_(settings.threshold),
        decay_(settings.momentum, steps),
        end_(steps + 1),
        frequencies_(weights),
        below_from_(weights),
        difference_(end_ + std::size_t{1}) {}

  void oscillate(WeightIndex weight, Step step) {
    Step& below_from = below_from_[weight];
    const Step before = below_from;
    frequencies_[weight].oscillate(step, decay_);
    below_from = frequencies_[weight].below_from(threshold_, decay_, end_);
    difference_[std::max(before, step)] += 1;  // where it went on, this takes back that it ceases then
    difference_[below_from] -= 1;
  }

  std::vector<std::uint64_t> counts() const {
    std::vector<std::int64_t> running(end_);
    std::partial_sum(difference_.begin(), difference_.end() - 1, running.begin());
    return {running.begin(), running.end()};
  }

 private:
  double threshold_;
  QuietDecay decay_;
  Step end_;
  std::vector<OscillationFrequency> frequencies_;
  std::vector<Step> below_from_;  // the step at which each weight's f falls to the threshold
  std::vector<std::int64_t> difference_;
};

/// The average of each weight is linear in what it averages, so the sum over weights has the same recursion.
std::vector<double> averaged(const std::vector<std::uint64_t>& reversals, double momentum) {
  std::vector<double> sums;
  double sum = 0;
  for (const std::uint64_t count : reversals)
    sums.push_back(sum = momentum * static_cast<double>(count) + (1 - momentum) * sum);
  return sums;
}

}  // namespace

OscillationCurve& OscillationCurve::operator+=(const OscillationCurve& other) {
  add_entries(flips, other.flips);
  add_entries(reversals, other.reversals);
  add_entries(oscillating, other.oscillating);
  add_entries(frequency_sum, other.frequency_sum);
  return *this;
}

OscillationCurve oscillation_curve(const ChangePointLog& log, const OscillationSettings& settings, Step steps) {
  require_valid(settings);
  const std::size_t entries = std::size_t{steps} + 1;
  OscillationCurve curve;
  curve.flips.resize(entries);
  curve.reversals.resize(entries);
  OscillatingCount oscillating(log.initial_levels().size(), settings, steps);
  for_each_change(log, [&](const ChangePoint& point, const LevelChange& change) {
    curve.flips.at(point.step) += 1;
    if (!change.reversal) return;
    curve.reversals[point.step] += 1;
    oscillating.oscillate(point.weight, point.step);
  });
  curve.oscillating = oscillating.counts();
  curve.frequency_sum = averaged(curve.reversals, settings.momentum);
  return curve;
}

}  // namespace steq

// SPDX-License-Identifier: MIT
// The metrics of two learners, each weighed against the controls.
#pragma once

#include "experiments/diff/controls.hpp"
#include "sim/metrics/comparison.hpp"

namespace steq {

struct MetricDiff {
  std::string name;
  std::optional<double> value{};    ///< nothing where undefined
  std::optional<double> perfect{};  ///< of learners that do not differ: 1 or 0; nothing where there is no such
  std::optional<double> rounding{}, one_ulp{}, jitter{};  ///< of the controls, where they were run

  bool is_perfect() const;
  /// True where the metric is farther from perfect than in the jitter control, and than in those of rounding; nothing
  /// where no control says.
  std::optional<bool> beyond_floor() const;
  /// "equal", "below the rounding floor" (of the rounding control), "below jitter", "below one-ulp", "above jitter",
  /// "no control" or "undefined"; empty where the metric has no perfect value.
  std::string verdict() const;
};

/// 1 for agreements and correlations, 0 for errors, differences and mismatches; nothing for counts and shares.
std::optional<double> perfect_value(const std::string& metric);

/// In the order of the metrics' registry.
std::vector<MetricDiff> metric_diffs(const Comparison& comparison, const std::vector<Control>& controls);

}  // namespace steq

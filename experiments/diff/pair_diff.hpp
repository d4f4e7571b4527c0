// SPDX-License-Identifier: MIT
// Everything in which a learner of one run differs from one of another.
#pragma once

#include "experiments/diff/metric_diff.hpp"
#include "experiments/diff/parting.hpp"
#include "experiments/diff/sameness.hpp"
#include "experiments/diff/settings.hpp"

namespace steq {

/// What a learner came to; numbers, or null where not recorded.
struct EndValue {
  std::string name;
  Json a, b;

  /// b - a
  std::optional<double> difference() const;
};

struct PairDiff {
  std::string a, b;  ///< learners
  std::string map;   ///< "M" or "identity"
  SettingDifferences settings;
  std::vector<SamePart> parts;
  std::vector<EndValue> end;
  std::vector<Control> controls;
  std::vector<MetricDiff> metrics;
  std::optional<Parting> divergence;

  /// No part is known to differ.
  bool same() const;
  /// "q-hat", or "q-hat / ste"
  std::string name() const;
};

/// Throws InputError where the two have other tensors, shapes or numbers of levels, or their logs are damaged.
PairDiff pair_diff(const RunPair& runs, const std::pair<std::string, std::string>& learners);

}  // namespace steq

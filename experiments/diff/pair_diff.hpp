// SPDX-License-Identifier: MIT
// Everything in which a learner of one run differs from one of another.
#pragma once

#include "experiments/diff/common_end.hpp"
#include "experiments/diff/divergence.hpp"
#include "experiments/diff/metric_diff.hpp"
#include "experiments/diff/sameness.hpp"
#include "experiments/diff/settings.hpp"
#include "records/undefined_metrics.hpp"

namespace steq {

/// What a learner came to; numbers, or null where not recorded.
struct EndValue {
  std::string name;
  Json a, b;

  /// b - a
  std::optional<double> difference() const;
};

struct PairDiff {
  std::string a, b;                 ///< learners
  std::string map;                  ///< "M" or "identity"
  std::optional<CommonEnd> until;   ///< they were compared up to there
  bool shares_levels = false;       ///< else levels were not compared
  std::vector<std::string> untold;  ///< runs, "A" and "B", that do not say how many updates the learner made
  SettingDifferences settings;
  std::vector<SamePart> parts;
  std::vector<EndValue> end;
  std::vector<Control> controls;
  std::vector<MetricDiff> metrics;
  std::vector<UndefinedMetrics> undefined;
  std::optional<Divergence> divergence;
  std::string watched;           ///< what of the levels is compared, as watching_text says; empty where all of it is
  Json windows = Json::array();  ///< as window_comparisons has them

  /// No part is known to differ, and the two end together as far as that is known.
  bool same() const;
  /// "q-hat", or "q-hat / ste"
  std::string name() const;
};

/// `controls`: those of both runs where all weights are compared. Throws InputError where the two have other tensors or shapes, or their logs are
/// damaged.
PairDiff pair_diff(const RunPair& runs, const std::pair<std::string, std::string>& learners,
                   const std::vector<Control>& controls);

}  // namespace steq

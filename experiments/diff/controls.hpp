// SPDX-License-Identifier: MIT
// The controls of two runs: comparisons that show how much difference means nothing.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/diff/run_pair.hpp"

namespace steq {

/// A comparison of summary.json between a learner and one that differs from it by next to nothing.
struct Control {
  std::string run;   ///< "A" or "B"
  std::string a, b;  ///< learners of that run
  std::string kind;  ///< "identical", "one-ulp" or "jitter"
  Json metrics;      ///< {NAME: number or null}
  bool parted;       ///< the two had different levels at some step
};

/// Those of both runs. Of each kind, those of the compared learners themselves; where there are none of these, all.
std::vector<Control> controls_of(const RunPair& runs, const std::pair<std::string, std::string>& learners);

/// Of the controls of this kind, the value of the metric that is farthest from `perfect`; nothing where no such control
/// has one.
std::optional<double> farthest(const std::vector<Control>& controls, const std::string& kind, const std::string& metric,
                               double perfect);

}  // namespace steq

// SPDX-License-Identifier: MIT
// The controls of two runs: comparisons that show how large a difference means nothing.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/diff/run_pair.hpp"

namespace steq {

/// A comparison between a learner and one that differs from it by next to nothing.
struct Control {
  std::string run;  ///< "A" or "B", whose learners these are; "A and B" where each has one
  std::string a, b;
  PairKind kind;
  Json metrics;   ///< {NAME: number or null}
  bool diverged;  ///< the two had different levels at some step
};

/// Those of both runs, for a pair of which `watching` is compared; what summary.json does not say of them, or says of
/// more weights, is measured in the logs. Throws InputError where the
/// learners of a control have other tensors.
std::vector<Control> controls_of(const RunPair& runs, const Watching& watching);

/// Of each kind, those in which one of the compared learners takes part; where there are none of these, all.
std::vector<Control> controls_for(const std::pair<std::string, std::string>& learners, const RunPair& runs,
                                  const std::vector<Control>& controls);

bool has(const std::vector<Control>& controls, PairKind kind);

/// Of the controls of this kind, the value of the metric that is farthest from `perfect`; nothing where no such control
/// has one.
std::optional<double> farthest(const std::vector<Control>& controls, PairKind kind, const std::string& metric,
                               double perfect);

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "experiments/training/oscillation_facts.hpp"

#include <algorithm>

#include "sim/metrics/dwell_times.hpp"
#include "sim/metrics/oscillation_totals.hpp"

namespace steq {

Json oscillation_facts(const LearnerTrace& learner, Step steps) {
  const auto recorded = [](const TensorTrace& tensor) { return tensor.log != nullptr; };
  if (learner.tensors.empty() || !std::ranges::all_of(learner.tensors, recorded)) return Json::object();
  OscillationTotals totals;
  DwellTimes dwells;
  for (const TensorTrace& tensor : learner.tensors) {
    totals += oscillation_totals(*tensor.log, {}, steps);
    dwells += dwell_times(*tensor.log, steps);
  }
  const std::optional<Step> median = dwell_quantile(dwells.complete, 0.5);
  return {{"frequency", totals.mean_frequency()},
          {"oscillating_share", totals.oscillating_share()},
          {"flip_ratio", totals.flip_ratio()},
          {"reversals", totals.reversals},
          {"median_dwell", median ? Json(*median) : Json(nullptr)}};
}

}  // namespace steq

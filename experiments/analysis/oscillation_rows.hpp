// SPDX-License-Identifier: MIT
// What the tables of oscillation share: one value for each quantized tensor of each learner, and one for all of them.
#pragma once

#include "experiments/analysis/run_table.hpp"

namespace steq {

/// Calls add(learner, tensor, sum) with measure(log, steps) of each tensor and, under the name "all", with their sum by
/// += where a learner has several tensors. `steps` is how far the learner's log is known to go. Logs without weights
/// are left out.
template <class Measure, class Add>
void for_each_tensor(const AnalysedRun& run, const Measure& measure, const Add& add) {
  for (const std::string& learner : run.stored().learners()) {
    const std::vector<TensorTrace>& tensors = run.learner(learner).tensors;
    const Step steps = run.stored().steps(learner);
    decltype(measure(*tensors[0].log, steps)) all{};
    for (const TensorTrace& tensor : tensors) {
      const auto measured = measure(*tensor.log, steps);
      add(learner, tensor.name, measured);
      all += measured;
    }
    if (tensors.size() > 1) add(learner, "all", all);
  }
}

}  // namespace steq

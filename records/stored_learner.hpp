// SPDX-License-Identifier: MIT
// One learner of a run directory as the metrics see it, so that runs can be compared after they have ended.
#pragma once

#include "records/stored_run.hpp"
#include "sim/metrics/trace.hpp"

namespace steq {

/// Owns the logs to which the trace points.
class StoredLearner {
 public:
  /// Change points are those of what `watching` follows, by default run.watching(name); weights are all.
  /// What was not stored stays empty or NaN. Throws InputError where the run has no such learner, what it holds of it
  /// is damaged, a change point lies beyond its last update, or weights and change points are not of equally many
  /// weights.
  StoredLearner(const StoredRun& run, const std::string& name);
  StoredLearner(const StoredRun& run, const std::string& name, const Watching& watching);

  StoredLearner(const StoredLearner&) = delete;
  StoredLearner& operator=(const StoredLearner&) = delete;

  const LearnerTrace& trace() const { return trace_; }

 private:
  std::vector<ChangePointLog> logs_;
  LearnerTrace trace_;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// One learner of a run directory as the metrics see it, so that runs can be compared after they have ended.
#pragma once

#include "records/stored_run.hpp"
#include "sim/metrics/trace.hpp"

namespace steq {

/// Owns the logs to which the trace points.
class StoredLearner {
 public:
  /// What was not stored stays empty or NaN: without weights, `initial` and `final` have no entries; without levels the
  /// grid is one of integers. Throws InputError where the run has no such learner, or what it holds of it is damaged.
  StoredLearner(const StoredRun& run, const std::string& name);

  StoredLearner(const StoredLearner&) = delete;
  StoredLearner& operator=(const StoredLearner&) = delete;

  const LearnerTrace& trace() const { return trace_; }

 private:
  std::vector<ChangePointLog> logs_;
  LearnerTrace trace_;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// One learner of a run as another one's counterpart sees it.
#pragma once

#include "records/stored_learner.hpp"

namespace steq {

/// Keeps a reference to the run.
class ComparedLearner {
 public:
  /// With `until`, only what happened up to that step: then weights, losses and logits of the end are left out.
  /// Throws InputError as StoredLearner does, where no change points were recorded, and where one lies beyond the run's
  /// last step.
  ComparedLearner(const StoredRun& run, const std::string& name, std::optional<Step> until);
  ComparedLearner(const ComparedLearner&) = delete;

  const StoredRun& run() const { return run_; }
  const LearnerTrace& trace() const { return trace_; }
  /// Of the whole run.
  std::size_t change_points() const { return change_points_; }
  Step last_change() const { return last_change_; }

  /// Puts the tensors into the order of `other`. Throws InputError naming `place`, with every problem, where the two
  /// have other tensors, or one in another shape or on another number of levels.
  void align_with(const ComparedLearner& other, const std::string& place);

 private:
  void cut_off(Step until);

  const StoredRun& run_;
  StoredLearner stored_;
  std::vector<ChangePointLog> cut_logs_;
  LearnerTrace trace_;
  std::size_t change_points_ = 0;
  Step last_change_ = 0;
};

}  // namespace steq

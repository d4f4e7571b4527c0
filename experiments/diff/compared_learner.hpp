// SPDX-License-Identifier: MIT
// One learner of a run as another one's counterpart sees it.
#pragma once

#include "records/stored_learner.hpp"

namespace steq {

/// Keeps references to the run and to what is followed.
class ComparedLearner {
 public:
  /// Throws InputError as StoredLearner does, and where no change points were recorded.
  ComparedLearner(const StoredRun& run, const std::string& name, const Watching& watching);
  ComparedLearner(const ComparedLearner&) = delete;

  const StoredRun& run() const { return run_; }
  const LearnerTrace& trace() const { return trace_; }
  /// What was stored, of the whole run.
  const LearnerTrace& whole() const { return stored_.trace(); }
  /// Of the weights that are followed.
  std::size_t change_points() const { return change_points_; }
  /// Of them those that a moving grid made, as summary.json or the log says; nothing where no grid moves, or where they
  /// were not counted of what is compared.
  std::optional<std::size_t> changes_of_grid() const;
  /// Updates that it made, where that is known.
  const std::optional<Step>& steps() const { return steps_; }
  Step last_change() const { return last_change_; }

  /// Where it was trained without levels, what its weights files hold of the tensors that `other` quantizes.
  void adopt_tensors(const ComparedLearner& other);

  /// Puts the tensors into the order of `other`. Throws InputError naming `place`, with every problem, where the two
  /// have other tensors, or one in another shape.
  void align_with(const ComparedLearner& other, const std::string& place);

  /// Leaves only what happened up to that step; weights, losses and logits of the end are left out.
  void cut_off(Step until);

 private:
  std::vector<std::string> names_of_tensors(const ComparedLearner& other) const;

  const StoredRun& run_;
  const Watching& watching_;
  StoredLearner stored_;
  std::vector<ChangePointLog> cut_logs_;
  LearnerTrace trace_;
  std::size_t change_points_ = 0;
  std::optional<Step> steps_;
  Step last_change_ = 0;
};

/// Whether both have levels, and as many in each tensor as far as that is known: else levels are not compared.
bool share_levels(const ComparedLearner& a, const ComparedLearner& b);

}  // namespace steq

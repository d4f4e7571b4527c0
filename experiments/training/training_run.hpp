// SPDX-License-Identifier: MIT
// One training run at work: the cohort, what observes it, and the files that come out.
#pragma once

#include <exception>

#include "experiments/terminal/progress.hpp"
#include "experiments/training/checkpoints.hpp"
#include "experiments/training/run.hpp"
#include "experiments/training/run_files.hpp"

namespace steq {

template <class T>
class TrainingRun {
 public:
  /// Makes the first files in the directory, which has begun or goes on. `facts` are checkpoint_facts().
  TrainingRun(const ExperimentConfig& config, const ExperimentInputs& inputs, std::vector<LearnerSetup> setups,
              const RunOptions& options, RunDirectory& directory, const Json& facts);

  /// Begins, or goes on from the checkpoint where there is one; trains and writes all results. Throws IoError.
  RunOutcome execute(std::optional<FoundCheckpoint> checkpoint, const std::atomic<bool>& stop);

  /// The step of the newest checkpoint; 0 where nothing has been trained that could be gone on with.
  Step saved() const { return checkpoints_.newest(); }

 private:
  CohortSettings settings() const;
  void archive(Archive& a);
  void begin();
  void go_on(FoundCheckpoint checkpoint);
  void train(const std::atomic<bool>& stop, RunOutcome& outcome);
  void train_steps(const std::atomic<bool>& stop, Progress& progress);
  void end_epoch(std::size_t learner, std::size_t epoch, const Json& entry);
  void secure(bool all_done);
  void save(RunOutcome& outcome);
  void derive();

  const ExperimentConfig& config_;
  const ExperimentInputs& inputs_;
  const RunOptions& options_;
  const RunDirectory& directory_;
  const Json& facts_;
  CohortSettings settings_;
  std::vector<LearnerSetup> setups_;
  Cohort<T> cohort_;
  EpochHistory<T> history_;
  RunRecorders<T> recorders_;
  std::vector<Observer<T>*> observers_;  // all that belong to the run's state
  RunFiles<T> files_;
  Checkpoints checkpoints_;
  std::exception_ptr failure_;  // of a file at the end of an epoch, in the middle of a step
};

}  // namespace steq

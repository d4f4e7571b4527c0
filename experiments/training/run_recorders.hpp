// SPDX-License-Identifier: MIT
// All observers of a training run whose records become its results, as its config asks for them.
#pragma once

#include "experiments/training/run_bounds.hpp"
#include "experiments/training/run_twins.hpp"
#include "sim/training/cohort.hpp"
#include "sim/training/recorders.hpp"

namespace steq {

template <class T>
class RunRecorders {
 public:
  RunRecorders(const ExperimentConfig& config, const Cohort<T>& cohort, const std::vector<LearnerSetup>& setups,
               const CohortSettings& settings)
      : losses(setups.size()), cohort_(cohort) {
    const std::vector<Learner<T>>& learners = cohort.learners();
    const auto steps = static_cast<Step>(settings.steps);
    if (config.record.change_points) changes.emplace(learners);
    if (config.record.latent_every > 0) latent.emplace(learners, config.record.latent_every, steps);
    if (config.record.driven_twins) twins.emplace(learners, setups, settings.threads);
    if (config.record.bounds) bounds.emplace(config, learners, steps, settings.threads);
  }
  RunRecorders(const RunRecorders&) = delete;
  RunRecorders& operator=(const RunRecorders&) = delete;

  /// In the order in which they see a step.
  std::vector<Observer<T>*> observers() {
    std::vector<Observer<T>*> all{&losses};
    if (changes) all.push_back(&*changes);
    if (latent) all.push_back(&*latent);
    if (twins) twins->observe(all);
    if (bounds) bounds->observe(all);
    return all;
  }

  /// When training is over, also before its last step.
  void finish() {
    if (latent) latent->finish(cohort_.learners(), cohort_.steps_done());
  }

  LossRecorder<T> losses;
  std::optional<ChangeRecorder<T>> changes;
  std::optional<LatentRecorder<T>> latent;
  std::optional<RunTwins<T>> twins;
  std::optional<RunBounds<T>> bounds;

 private:
  const Cohort<T>& cohort_;
};

}  // namespace steq

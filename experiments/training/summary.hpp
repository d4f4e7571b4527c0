// SPDX-License-Identifier: MIT
// summary.json: the end state of every learner, and the metrics of every comparison.
#pragma once

#include "experiments/training/epoch_history.hpp"
#include "experiments/training/learner_setups.hpp"
#include "sim/metrics/trace.hpp"
#include "sim/training/recorders.hpp"

namespace steq {

/// How a run ended.
enum class RunStatus { complete, interrupted, diverged };
std::string to_text(RunStatus status);

/// What is left of one learner when training is over.
struct LearnerResult {
  LearnerTrace trace;
  Evaluation test;                                        ///< after the last update, with the levels' values
  std::optional<Evaluation> soft = {};                    ///< where training uses soft values: with these
  std::optional<Step> zero_loss = {};                     ///< the first update whose batch had a loss of exactly 0
  std::optional<std::size_t> change_points = {};          ///< of all tensors; nothing where they were not recorded
  std::optional<std::size_t> change_points_of_grid = {};  ///< of them, those that a moving grid made; else nothing
  double learning_rate = 0;                               ///< the peak, before any rate factor
  Json activations = {};                                  ///< see activation_facts.hpp
  Json tensors = {};                                      ///< see tensor_facts.hpp
  Json geometry = {};                                     ///< see geometry_facts.hpp
  Json size = {};                                         ///< see size_facts.hpp
};

/// `recorder` may be null: then nothing that needs change points is defined.
template <class T>
std::vector<LearnerResult> collect_results(Cohort<T>& cohort, const std::vector<LearnerSetup>& setups,
                                           const EpochHistory<T>& history, const ChangeRecorder<T>* recorder,
                                           const Dataset& test);

const LearnerResult& result_named(const std::vector<LearnerResult>& results, const std::string& name);

template <class T>
Json summarize(const ExperimentConfig& config, const std::vector<LearnerResult>& results, Step steps, RunStatus status);

}  // namespace steq

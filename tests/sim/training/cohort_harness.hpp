// SPDX-License-Identifier: MIT
// Small cohorts for tests, and all that they leave behind.
#pragma once

#include "sim/training/cohort.hpp"
#include "sim/training/recorders.hpp"
#include "tests/sim/nn/network_harness.hpp"

namespace steq::test {

inline Schedule schedule(const std::string& spec) {
  return schedule_registry().make(parse_spec(spec, "schedule"), "schedule");
}

/// A learner with the given recipe, at the draw of seed 1.
inline LearnerSetup learner(const std::string& name, const ModelSpec& model, const std::string& estimator,
                            const std::string& optimizer, double learning_rate) {
  const Graph<double> graph = GraphBuilder<double>::build(model);
  return {.name = name,
          .quantizer = parse_spec("uniform:bits=2", "quantizer"),
          .estimator = parse_spec(estimator, "estimator"),
          .optimizer = parse_spec(optimizer, "optimizer"),
          .learning_rate = learning_rate,
          .initial = draw_initial_weights(graph.tensors, 1),
          .rate_factors = std::vector<double>(graph.tensors.size(), 1.0),
          .seed = 1};
}

/// A network of that kind at another draw.
inline std::shared_ptr<const TeacherSetup> teacher(const ModelSpec& model, std::uint64_t seed = 2) {
  const Graph<double> graph = GraphBuilder<double>::build(model);
  TeacherSetup setup{model, draw_initial_weights(graph.tensors, seed), {}};
  for (const StatisticInfo& info : graph.statistics) setup.statistics.emplace_back(info.size, info.initial);
  return std::make_shared<const TeacherSetup>(std::move(setup));
}

/// The same learners, all on that schedule.
inline std::vector<LearnerSetup> scheduled(std::vector<LearnerSetup> learners, const std::string& spec) {
  for (LearnerSetup& learner : learners) learner.schedule = schedule(spec);
  return learners;
}

/// Of one learner; in double whatever the run's precision, which loses nothing.
struct Outcome {
  TensorValues weights, statistics;
  std::vector<double> losses, path_lengths;
  std::vector<std::vector<double>> changes;  ///< [tensor] of step, weight, level, step, weight, level, ...

  bool operator==(const Outcome&) const = default;
};

template <class T>
Outcome outcome(const Learner<T>& learner, const std::vector<ChangePointLog>& logs, const std::vector<double>& losses) {
  Outcome result;
  result.losses = losses;
  for (const WeightTensor<T>& tensor : learner.tensors()) {
    result.weights.emplace_back(tensor.latent().begin(), tensor.latent().end());
    result.path_lengths.push_back(tensor.path_length());
  }
  for (const Buffer<T>& statistic : learner.statistics())
    result.statistics.emplace_back(statistic.span().begin(), statistic.span().end());
  for (const ChangePointLog& log : logs) {
    std::vector<double>& changes = result.changes.emplace_back();
    for (std::size_t i = 0; i < log.size(); ++i)
      changes.insert(changes.end(), {double(log[i].step), double(log[i].weight), double(log[i].level)});
  }
  return result;
}

/// Runs the cohort; one outcome a learner.
template <class T>
std::vector<Outcome> run_cohort(const ModelSpec& model, const Dataset& data, const std::vector<LearnerSetup>& learners,
                                const CohortSettings& settings) {
  Cohort<T> cohort(model, data, learners, settings);
  ChangeRecorder<T> changes(cohort.learners());
  LossRecorder<T> losses(learners.size());
  const std::vector<Observer<T>*> observers{&changes, &losses};
  cohort.run(observers, false);
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < learners.size(); ++i)
    outcomes.push_back(outcome(cohort.learners()[i], changes.logs(i), losses.losses(i)));
  return outcomes;
}

}  // namespace steq::test

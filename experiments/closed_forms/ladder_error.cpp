// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/ladder_error.hpp"

#include <cmath>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

Step longer(Step steps, double times) { return static_cast<Step>(std::lround(steps * times)); }

double error_of(const ScalarLadder& ladder, const LadderPoint& point, const RunOptions& options,
                const std::atomic<bool>& stop) {
  ScalarRecipe recipe = ladder.recipe;
  recipe.learning_rate *= point.factor;
  recipe.steps = longer(recipe.steps, std::pow(point.factor, ladder.time == TimeScale::diffusive ? -2 : -1));
  recipe.seed += point.repeat;
  ScalarTwin twin(recipe, options.threads);
  twin.run({}, stop);
  const std::vector<double> errors = twin.signed_errors();
  const double sum = pairwise_sum(0, errors.size(), [&](std::size_t i) { return std::abs(errors[i]); });
  return sum / static_cast<double>(errors.size()) / twin.estimator().grid().delta;
}

double error_of(const TrainingLadder& ladder, const LadderPoint& point, const RunOptions& options,
                const std::atomic<bool>& stop) {
  ExperimentConfig config = read_config(ladder.training, "");
  for (LearnerConfig& learner : config.learners) learner.optimizer.learning_rate *= point.factor;
  config.steps = longer(*config.steps, 1 / point.factor);
  config.seed += point.repeat;
  config.record.driven_twins = ladder.against.empty();
  if (!ladder.against.empty()) config.compare = {{ladder.learner, ladder.against}};
  const RunOutcome run = run_experiment(
      config, {.directory = point.directory, .threads = options.threads, .wish = Wish::replace, .quiet = true}, stop);
  if (run.status == RunStatus::diverged) throw DomainError(run.breakdown);
  const Json error = ladder.against.empty()
                         ? run.summary["learners"][ladder.learner].value("driven_twin", Json::object())["error"]
                         : run.summary["comparisons"][0]["metrics"]["alignment_error_per_bin"];
  return error.is_number() ? error.get<double>() : 0;
}

}  // namespace

double ladder_error(const OrderCase& c, const LadderPoint& point, const RunOptions& options,
                    const std::atomic<bool>& stop) {
  return std::visit([&](const auto& ladder) { return error_of(ladder, point, options, stop); }, c.ladder);
}

}  // namespace steq

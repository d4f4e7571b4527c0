// SPDX-License-Identifier: MIT
#include "theory/predictions/scalar_twin.hpp"

namespace steq {
namespace {

std::vector<double> starts(const ScalarRecipe& recipe) {
  const TensorInfo tensor = ScalarCohort::tensor(recipe.weights);
  const auto quantizer = quantizer_registry().make(recipe.quantizer, "quantizer", tensor.shape());
  const Grid& grid = quantizer->grid();
  const double middle = grid.thresholds[grid.thresholds.size() / 2];
  const double gap = recipe.points > 1 ? (recipe.high - recipe.low) / static_cast<double>(recipe.points - 1) : 0;
  std::vector<double> start(recipe.weights);
  for (std::size_t i = 0; i < start.size(); ++i)
    start[i] = middle + grid.delta * (recipe.low + gap * static_cast<double>(i % recipe.points));
  return start;
}

LearnerSetup setup_of(const ScalarRecipe& recipe) {
  return {.name = "w",
          .quantizer = recipe.quantizer,
          .estimator = recipe.estimator,
          .optimizer = recipe.optimizer,
          .learning_rate = recipe.learning_rate,
          .initial = {starts(recipe)},
          .rate_factors = {1},
          .seed = recipe.seed};
}

}  // namespace

ScalarTwin::ScalarTwin(const ScalarRecipe& recipe, int threads)
    : recipe_(recipe),
      source_(gradient_source_registry().make(recipe.gradient, "gradient", recipe.seed)),
      setup_(setup_of(recipe)),
      cohort_(recipe.weights, *source_, {setup_}, threads),
      twin_(cohort_.learners().front(), setup_, 0, threads) {}

void ScalarTwin::run(std::span<Observer<double>* const> observers, const std::atomic<bool>& stop) {
  std::vector<Observer<double>*> all(observers.begin(), observers.end());
  all.push_back(&twin_);
  cohort_.run(recipe_.steps, all, stop);
}

}  // namespace steq

// SPDX-License-Identifier: MIT
// Factors that depend on the sign of the gradient pull weights to their levels under noise of zero mean.
#include <cmath>

#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

Profile predict(const Parameters&, const ScalarTwin& run) {
  const Grid& grid = run.estimator().grid();
  const EstimatorBounds bounds = run.estimator().bounds();
  const double scaling = bounds.upper - bounds.lower;  // factors reach from 1 - scaling / 2 to 1 + scaling / 2
  const double size = run.source().absolute_share() * run.source().deviation();
  const double rate = run.recipe().learning_rate * stretch(run.optimizer()), steps = run.recipe().steps;
  const Quantizer& quantizer = run.learner().tensors().front().quantizer();
  const auto off_level = [&](std::size_t i) {
    const double w = run.start()[i];
    return (w - grid.levels[static_cast<std::size_t>(quantizer.level_of(w))]) / grid.delta;
  };
  return profile_over_starts(
      run, [&](std::size_t i) { return -steps * rate * scaling * size * off_level(i); },
      [&](std::size_t) { return steps * rate * size; });
}

}  // namespace

PredictionRegistry::Entry sign_dependence() {
  return {
      {.name = "sign-dependence",
       .summary =
           "A factor that depends on the sign of the gradient (ewgs) pulls each weight to its level at first order.",
       .formula = "-lr / (1 - mu) delta E|g| (w - Q(w)) / grid spacing per update, gradients of zero mean",
       .citation = "Lee, Kim, Ham, arXiv:2104.00903; derived in the setting of Schoenbauer et al., arXiv:2405.05171",
       .parameters = {}},
      predict};
}

}  // namespace steq::predictions

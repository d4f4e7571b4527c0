// SPDX-License-Identifier: MIT
// Factors that depend on the sign of the gradient pull weights to their levels under noise of zero mean.
#include <cmath>

#include "theory/estimator_facts.hpp"
#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

Profile predict_sign_dependence(const Parameters&, const ScalarTwin& run) {
  const double size = run.source().absolute_share() * run.source().deviation();
  const double rate = run.recipe().learning_rate * stretch(run.optimizer()), steps = run.recipe().steps;
  const auto asymmetry = [&](std::size_t i) {
    const double w = run.start()[i];
    return (gradient_factor(run.estimator(), w, 1) - gradient_factor(run.estimator(), w, -1)) / 2;
  };
  return profile_over_starts(
      run, [&](std::size_t i) { return -steps * rate * size * asymmetry(i); },
      [&](std::size_t) { return steps * rate * size; });
}

}  // namespace

PredictionRegistry::Entry sign_dependence() {
  return {
      {.name = "sign-dependence",
       .summary =
           "A factor that depends on the sign of the gradient (ewgs) pulls each weight to its level at first order.",
       .formula =
           "-lr / (1 - mu) E|g| (q+ - q-) / 2 per update, gradients of zero mean; q+ and q- the factors of positive "
           "and negative ones; ewgs: -lr / (1 - mu) delta E|g| (w - Q(w)) / grid spacing",
       .citation = "Lee, Kim, Ham, arXiv:2104.00903; derived in the setting of Schoenbauer et al., arXiv:2405.05171",
       .parameters = {}},
      predict_sign_dependence};
}

}  // namespace steq::predictions

// SPDX-License-Identifier: MIT
// A constant gradient: the error depends on q where the weight came from and where it is, and on nothing between.
#include <cmath>

#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

/// What ln(q / q0) is multiplied by, in weight units, g signed.
double factor(const ScalarTwin& run) {
  const double rate = run.recipe().learning_rate, g = run.source().mean();
  const UpdateRule rule = run.optimizer().rule();
  if (const auto* ball = std::get_if<HeavyBall>(&rule)) {
    const double m = ball->momentum, lag = ball->nesterov ? 1 - m + 2 * m * m : 1 + m;
    return run.chart().alpha() * rate * g / 2 * lag / ((1 - m) * (1 - m));
  }
  const auto* moments = std::get_if<AdaptiveMoments>(&rule);
  if (!moments) return 0;  // signs are the same for both
  const double tau1 = moments->beta1 / (1 - moments->beta1), tau2 = moments->beta2 / (1 - moments->beta2);
  return std::copysign(rate, g) * (tau1 - tau2);
}

Profile predict_directed_motion(const Parameters&, const ScalarTwin& run) {
  const auto rise = [&](std::size_t i) {
    const Estimator& q = run.estimator();
    return std::log(q.unmasked_derivative(run.end()[i]) / q.unmasked_derivative(run.start()[i]));
  };
  const double c = factor(run);
  return profile_over_starts(
      run, [&](std::size_t i) { return c * rise(i); },
      [&](std::size_t i) { return run.recipe().learning_rate * std::abs(rise(i)); });
}

}  // namespace

PredictionRegistry::Entry directed_motion() {
  return {
      {.name = "directed-motion",
       .summary = "A constant gradient separates them by a number of steps that depends on q at start and end alone.",
       .formula = "sgd: alpha lr g / 2 (1 + mu) / (1 - mu)^2 ln(q / q0), with nesterov 1 - mu + 2 mu^2 in place of 1 + "
                  "mu; adam: lr sgn(g) (tau1 - tau2) ln(q / q0), tau = beta / (1 - beta); signsgd: 0",
       .citation = "derived in the setting of Schoenbauer et al., arXiv:2405.05171",
       .parameters = {}},
      predict_directed_motion};
}

}  // namespace steq::predictions

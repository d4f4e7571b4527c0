// SPDX-License-Identifier: MIT
// Zero-mean noise: the curvature of M makes the error drift, towards the levels where q falls on the way there.
#include <cmath>

#include "theory/estimator_facts.hpp"
#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

/// The drift per update, in weight units, of a weight that has not moved far.
double drift(const ScalarTwin& run, double w) {
  const double rate = run.recipe().learning_rate, sigma = run.source().deviation();
  const double q = run.estimator().unmasked_derivative(w), slope = slope_at(run.estimator(), w);
  const UpdateRule rule = run.optimizer().rule();
  if (const auto* ball = std::get_if<HeavyBall>(&rule)) {
    const double effective = rate / (1 - ball->momentum);
    return -run.chart().alpha() / 2 * slope * effective * effective * sigma * sigma;
  }
  const auto* moments = std::get_if<AdaptiveMoments>(&rule);
  if (!moments) return 0;
  const double b1 = moments->beta1, b2 = moments->beta2;
  return -rate * rate * slope / q * b1 / (1 + b1) * (1 - b2) / (1 - b1 * b2);
}

Profile predict_noise_drift(const Parameters&, const ScalarTwin& run) {
  const double rate = run.recipe().learning_rate, steps = run.recipe().steps;
  const auto natural = [&](std::size_t i) {
    const double w = run.start()[i];
    return steps * rate * rate * std::abs(slope_at(run.estimator(), w)) / run.estimator().unmasked_derivative(w);
  };
  return profile_over_starts(
      run, [&](std::size_t i) { return steps * drift(run, run.start()[i]); }, natural);
}

}  // namespace

PredictionRegistry::Entry noise_drift() {
  return {{.name = "noise-drift",
           .summary = "Zero-mean noise makes the error drift, while weights stay near their starts.",
           .formula = "sgd: -(alpha / 2) q' (lr / (1 - mu))^2 sigma^2 per update; adam, a coin for a gradient: -lr^2 "
                      "(q' / q) beta1 / (1 + beta1) (1 - beta2) / (1 - beta1 beta2)",
           .citation = "derived in the setting of Schoenbauer et al., arXiv:2405.05171",
           .parameters = {}},
          predict_noise_drift};
}

}  // namespace steq::predictions

// SPDX-License-Identifier: MIT
// L2 decay in the gradient: the twin decays elsewhere, at first order in the rate.
#include <cmath>

#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

/// The error per update, in weight units.
double coupled_pull(const ScalarTwin& run, double w) {
  const double rate = run.recipe().learning_rate, share = run.optimizer().options().weight_decay;
  const double q = run.estimator().unmasked_derivative(w), sigma = run.source().deviation();
  if (!run.optimizer().scale_invariant())
    return -run.chart().alpha() * rate * stretch(run.optimizer()) * share * (w / q - run.chart().map(w));
  const double pull = share * w;
  return -rate * (pull / std::hypot(q * sigma, pull) - pull / std::hypot(sigma, pull));
}

Profile predict_coupled_decay(const Parameters&, const ScalarTwin& run) {
  const double steps = run.recipe().steps;
  return profile_over_starts(
      run, [&](std::size_t i) { return steps * coupled_pull(run, run.start()[i]); },
      [&](std::size_t) { return steps * run.recipe().learning_rate; });
}

}  // namespace

PredictionRegistry::Entry coupled_decay() {
  return {{.name = "coupled-decay",
           .summary = "Coupled (L2) weight decay breaks the equivalence at first order.",
           .formula = "sgd: -alpha lr / (1 - mu) lambda (w / q - M(w)) per update; adam under noise, long memory: -lr "
                      "(x / hypot(q sigma, x) - x / hypot(sigma, x)), x = lambda w",
           .citation = "derived in the setting of Schoenbauer et al., arXiv:2405.05171",
           .parameters = {}},
          predict_coupled_decay};
}

}  // namespace steq::predictions

// SPDX-License-Identifier: MIT
// Decay beside the update: harmless for adaptive rules, first order for sgd.
#include <cmath>

#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

/// The error per update, in weight units.
double decoupled_pull(const ScalarTwin& run, double w) {
  if (run.optimizer().scale_invariant()) return 0;
  const double q = run.estimator().unmasked_derivative(w);
  return -run.recipe().learning_rate * run.optimizer().options().decoupled_decay *
         (run.chart().alpha() * w / q - run.chart().map(w));
}

Profile predict_decoupled_decay(const Parameters&, const ScalarTwin& run) {
  const double steps = run.recipe().steps;
  const double share = run.recipe().learning_rate * run.optimizer().options().decoupled_decay;
  return profile_over_starts(
      run, [&](std::size_t i) { return steps * decoupled_pull(run, run.start()[i]); },
      [&](std::size_t i) { return steps * share * std::abs(run.start()[i]); });
}

}  // namespace

PredictionRegistry::Entry decoupled_decay() {
  return {{.name = "decoupled-decay",
           .summary = "Decoupled weight decay breaks the equivalence at first order with sgd, and is harmless with "
                      "adaptive rules.",
           .formula = "sgd: -lr lambda (alpha w / q - M(w)) per update; adam: 0",
           .citation = "derived in the setting of Schoenbauer et al., arXiv:2405.05171",
           .parameters = {}},
          predict_decoupled_decay};
}

}  // namespace steq::predictions

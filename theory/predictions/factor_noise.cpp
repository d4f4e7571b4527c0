// SPDX-License-Identifier: MIT
// Random factors: no drift, but a random walk of the error, at first order in the rate.
#include <cmath>

#include "theory/estimator_facts.hpp"
#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

Profile predict_factor_noise(const Parameters&, const ScalarTwin& run) {
  const double spread = factor_spread(run.estimator());
  const double size = std::hypot(run.source().mean(), run.source().deviation()), delta = run.estimator().grid().delta;
  const double rate = run.recipe().learning_rate * stretch(run.optimizer());
  const double walk = rate * spread * size * std::sqrt(static_cast<double>(run.recipe().steps)) / delta;
  const std::vector<double> errors = run.signed_errors();
  const OfWeight square = [&](std::size_t i) { return errors[i] * errors[i]; };
  Profile profile = profile_over_starts(run, square, square);
  profile.quantity = "root mean square error, bins";
  for (std::size_t p = 0; p < profile.at.size(); ++p) {
    profile.measured[p] = std::sqrt(profile.predicted[p] / delta);
    profile.predicted[p] = profile.scale[p] = walk;
  }
  return profile;
}

}  // namespace

PredictionRegistry::Entry factor_noise() {
  return {{.name = "factor-noise",
           .summary = "A factor drawn at random (stochastic-ste) makes the error a random walk.",
           .formula = "root mean square: lr / (1 - mu) sqrt(E g^2) spread sqrt(updates), spread = (L+ - L-) / sqrt(12)",
           .citation = "derived in the setting of Schoenbauer et al., arXiv:2405.05171",
           .parameters = {}},
          predict_factor_noise};
}

}  // namespace steq::predictions

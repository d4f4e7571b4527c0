// SPDX-License-Identifier: MIT
// Clipping to a norm: the two see different norms, so the same limit scales them differently.
#include <cmath>

#include "theory/predictions/prediction.hpp"

namespace steq::predictions {
namespace {

double norm(std::size_t weights, const OfWeight& value) {
  double sum = 0;
  for (std::size_t i = 0; i < weights; ++i) sum += value(i) * value(i);
  return std::sqrt(sum);
}

Profile predict_norm_clipping(const Parameters&, const ScalarTwin& run) {
  const double g = run.source().mean(), limit = run.optimizer().options().clip_norm, steps = run.recipe().steps;
  const double rate = run.chart().alpha() * run.recipe().learning_rate * stretch(run.optimizer());
  const std::size_t weights = run.recipe().weights;
  const double own =
      norm(weights, [&](std::size_t i) { return g * run.estimator().unmasked_derivative(run.start()[i]); });
  const double plain = norm(weights, [&](std::size_t) { return g; });
  const double mismatch = -rate * g * (norm_factor(own, limit) - norm_factor(plain, limit));
  return profile_over_starts(
      run, [&](std::size_t) { return steps * mismatch; }, [&](std::size_t) { return steps * rate * std::abs(g); });
}

}  // namespace

PredictionRegistry::Entry norm_clipping() {
  return {{.name = "norm-clipping",
           .summary = "Clipping to a norm breaks the equivalence at first order, while weights stay near their starts.",
           .formula = "-alpha lr / (1 - mu) g (c_Q - c_S) per update, c = min(1, limit / norm), of q g and of g",
           .citation = "derived in the setting of Schoenbauer et al., arXiv:2405.05171",
           .parameters = {}},
          predict_norm_clipping};
}

}  // namespace steq::predictions

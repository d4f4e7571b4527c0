// SPDX-License-Identifier: MIT
#include "theory/predictions/prediction.hpp"

#include "sim/core/sums.hpp"

namespace steq {

Profile profile_over_starts(const ScalarTwin& run, const OfWeight& predicted, const OfWeight& scale) {
  const std::size_t points = run.recipe().points, replicas = run.recipe().weights / points;
  const Grid& grid = run.estimator().grid();
  const double middle = grid.thresholds[grid.thresholds.size() / 2];
  const std::vector<double> errors = run.signed_errors();
  Profile profile{"start, bins from the middle threshold", "error, bins", {}, {}, {}, {}};
  for (std::size_t p = 0; p < points; ++p) {
    const auto mean = [&](const auto& of) {
      const double sum = pairwise_sum(0, replicas, [&](std::size_t r) { return of(p + r * points); });
      return sum / static_cast<double>(replicas) / grid.delta;
    };
    profile.at.push_back((run.start()[p] - middle) / grid.delta);
    profile.predicted.push_back(mean(predicted));
    profile.measured.push_back(mean([&](std::size_t i) { return errors[i]; }));
    profile.scale.push_back(mean(scale));
  }
  return profile;
}

double stretch(const Optimizer& optimizer) {
  const UpdateRule rule = optimizer.rule();
  if (const auto* ball = std::get_if<HeavyBall>(&rule)) return 1 / (1 - ball->momentum);
  throw DomainError("the prediction is about sgd, with or without momentum");
}

}  // namespace steq

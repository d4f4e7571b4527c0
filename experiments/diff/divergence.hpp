// SPDX-License-Identifier: MIT
// Where two learners diverge, how close to a threshold that was, and whether they come together again.
#pragma once

#include "experiments/diff/compared_learner.hpp"
#include "sim/metrics/first_divergence.hpp"

namespace steq {

/// What becomes of something that is apart from a step on; nothing where that never happens.
struct AfterDivergence {
  std::optional<Step> together{};        ///< the first step at which it is together again
  std::optional<Step> apart_for_good{};  ///< the step from which on it is apart to the end
};

/// The latent weights behind a divergence, at the last step up to it at which they were recorded.
struct ThresholdDistances {
  Step step;
  double a, b;  ///< distance to the nearest threshold, in units of delta
};

struct Divergence {
  FirstDivergence first;
  AfterDivergence weight;   ///< of that weight
  AfterDivergence network;  ///< of all weights that are followed: together where none is apart
  std::size_t weights = 0, apart_at_end = 0, most_apart = 0;
  Step most_apart_step = 0;  ///< the first at which so many are apart
  std::optional<ThresholdDistances> latent{};
};

/// Over `steps` updates; nothing where the two never part.
std::optional<Divergence> divergence(const ComparedLearner& a, const ComparedLearner& b, Step steps);

}  // namespace steq

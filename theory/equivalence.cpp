// SPDX-License-Identifier: MIT
#include "theory/equivalence.hpp"

#include <cmath>

#include "theory/rescaling.hpp"

namespace steq {
namespace {

/// What keeps the estimator out of the class.
std::vector<std::string> objections(const Estimator& estimator) {
  const EstimatorBounds bounds = estimator.bounds();
  std::vector<std::string> reasons = rescaling_obstacles(estimator);
  if (!std::isfinite(bounds.upper)) reasons.push_back("q is not bounded");
  if (estimator.traits().positive && !(bounds.lower > 0)) reasons.push_back("q has no positive lower bound");
  return reasons;
}

std::vector<std::string> remarks(const Estimator& estimator, bool has_alpha, bool scale_invariant) {
  std::vector<std::string> reasons;
  if (has_alpha && estimator.grid().thresholds.size() == 1)
    reasons.push_back("one threshold: alpha is free; the value given keeps +-range fixed");
  if (!std::isfinite(estimator.bounds().lipschitz))
    reasons.push_back("q is not Lipschitz continuous: the bound on each step does not apply");
  if (scale_invariant) reasons.push_back("the optimizer cancels a positive factor of the gradient: nothing to adjust");
  return reasons;
}

}  // namespace

Equivalence equivalence_of(const Estimator& estimator, bool scale_invariant) {
  Equivalence result;
  if (const auto rescaling = rescaling_of(estimator)) result.alpha = rescaling->alpha();
  result.learning_rate_factor = scale_invariant ? std::optional(1.0) : result.alpha;
  result.maps_initialization = !scale_invariant;
  result.reasons = objections(estimator);
  result.in_class = result.reasons.empty();
  for (std::string& remark : remarks(estimator, result.alpha.has_value(), scale_invariant))
    result.reasons.push_back(std::move(remark));
  return result;
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "theory/equivalence.hpp"

#include <fmt/format.h>

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

/// What there is to know about alpha and M; empty without them.
std::vector<std::string> remarks_on(const Estimator& estimator, const Rescaling& rescaling) {
  std::vector<std::string> remarks;
  const double range = estimator.grid().range, reach = estimator.reach();
  const bool open = estimator.traits().periodic && !rescaling.fixes_levels();
  if (open)
    remarks.push_back(
        "one threshold: alpha is free; the value given is q at the threshold, as no alpha keeps +-range fixed");
  else if (estimator.grid().thresholds.size() == 1)
    remarks.push_back("one threshold: alpha is free; the value given keeps +-range fixed");
  if (!std::isfinite(reach)) return remarks;
  if (open)
    remarks.push_back("M leads beyond the range: the STE's gradients must not be masked there (clip=false)");
  else if (const double end = rescaling.map(reach); std::abs(end - range) > 1e-9 * range)
    remarks.push_back(
        fmt::format("the STE's gradients would have to be masked beyond +-{:.6g}, not +-{:.6g}", end, range));
  return remarks;
}

std::vector<std::string> remarks(const Estimator& estimator, bool scale_invariant) {
  std::vector<std::string> reasons;
  if (!std::isfinite(estimator.bounds().lipschitz))
    reasons.push_back("q is not Lipschitz continuous: the bound on each step does not apply");
  if (scale_invariant) reasons.push_back("the optimizer cancels a positive factor of the gradient: nothing to adjust");
  return reasons;
}

}  // namespace

Equivalence equivalence_of(const Estimator& estimator, bool scale_invariant) {
  Equivalence result;
  result.learning_rate_factor = scale_invariant ? std::optional(1.0) : std::nullopt;
  result.maps_initialization = !scale_invariant;
  result.reasons = objections(estimator);
  result.in_class = result.reasons.empty();
  const auto add = [&](std::vector<std::string> more) {
    result.reasons.insert(result.reasons.end(), more.begin(), more.end());
  };
  if (const auto rescaling = rescaling_of(estimator)) {
    result.alpha = rescaling->alpha();
    if (!scale_invariant) result.learning_rate_factor = result.alpha;
    add(remarks_on(estimator, *rescaling));
  }
  add(remarks(estimator, scale_invariant));
  return result;
}

}  // namespace steq

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

std::string remark_on_free_alpha(const Rescaling& rescaling, bool open) {
  const std::string start = "one threshold: alpha is free; the value given ";
  if (open) return start + "is q at the threshold, as no alpha keeps +-range fixed";
  if (rescaling.keeps_range()) return start + "keeps +-range fixed";
  return start + "is the harmonic mean of q over the range, and M does not keep +-range fixed";
}

/// Where the STE would have to be masked, if not where the estimator is; empty if there.
std::string remark_on_mask(const Rescaling& rescaling, double reach, double range) {
  const double low = -rescaling.map(-reach), high = rescaling.map(reach), tolerance = 1e-9 * range;
  if (std::abs(low - high) > tolerance)
    return fmt::format("the STE's gradients would have to be masked outside [{:.6g}, {:.6g}], not +-{:.6g}", -low, high,
                       range);
  if (std::abs(high - range) <= tolerance) return "";
  return fmt::format("the STE's gradients would have to be masked beyond +-{:.6g}, not +-{:.6g}", high, range);
}

/// What there is to know about alpha and M; empty without them.
std::vector<std::string> remarks_on(const Estimator& estimator, const Rescaling& rescaling) {
  std::vector<std::string> remarks;
  const bool open = estimator.traits().periodic && !rescaling.fixes_levels();
  if (estimator.grid().thresholds.size() == 1) remarks.push_back(remark_on_free_alpha(rescaling, open));
  if (!std::isfinite(estimator.reach())) return remarks;
  if (open)
    remarks.push_back("M leads beyond the range: the STE's gradients must not be masked there (clip=false)");
  else if (const std::string mask = remark_on_mask(rescaling, estimator.reach(), estimator.grid().range); !mask.empty())
    remarks.push_back(mask);
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

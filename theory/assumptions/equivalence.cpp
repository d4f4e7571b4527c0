// SPDX-License-Identifier: MIT
#include "theory/assumptions/equivalence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theory/assumptions/assumption.hpp"
#include "theory/rescaling.hpp"

namespace steq {
namespace {

/// The assumption that fails, under the name that steq check gives it, and what was found.
std::string reason(const Finding& failure, const std::vector<Finding>& findings) {
  const auto own = std::ranges::find(findings, failure.name, &Finding::name);
  const bool matters = own->required && own->holds == false;
  return fmt::format("{}: {}{}", failure.name, failure.finding, matters ? "" : " (no matter to this optimizer)");
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
    remarks.push_back("M leads beyond the range: the STE's gradients must not be masked there (gate=none)");
  else if (const std::string mask = remark_on_mask(rescaling, estimator.reach(), estimator.grid().range); !mask.empty())
    remarks.push_back(mask);
  return remarks;
}

}  // namespace

Equivalence equivalence_of(const Estimator& estimator, const UpdateRule& rule) {
  const Situation situation(estimator, rule);
  const std::vector<Finding> findings = assess(situation), failures = class_failures(situation);
  const bool scale_invariant = !std::holds_alternative<HeavyBall>(rule);
  Equivalence result;
  result.learning_rate_factor = scale_invariant ? std::optional(1.0) : std::nullopt;
  result.maps_initialization = !scale_invariant;
  result.in_class = failures.empty();
  for (const Finding& failure : failures) result.reasons.push_back(reason(failure, findings));
  const auto add = [&](const std::vector<std::string>& more) {
    result.reasons.insert(result.reasons.end(), more.begin(), more.end());
  };
  if (const auto rescaling = rescaling_of(estimator)) {
    result.alpha = rescaling->alpha();
    if (!scale_invariant) result.learning_rate_factor = result.alpha;
    add(remarks_on(estimator, *rescaling));
  }
  add(estimator.remarks());
  if (scale_invariant) add({"the optimizer cancels a positive factor of the gradient: nothing to adjust"});
  return result;
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "theory/assumptions/saturation.hpp"

#include <cmath>

#include "theory/rescaling.hpp"

namespace steq {

std::optional<double> straightened_reach(const Estimator& estimator, const UpdateRule& rule) {
  const double reach = estimator.reach();
  if (!std::holds_alternative<HeavyBall>(rule) || !std::isfinite(reach)) return reach;
  const auto rescaling = rescaling_of(estimator);
  if (!rescaling) return std::nullopt;
  const bool open = estimator.traits().periodic && !rescaling->fixes_levels();
  if (open) return kUnbounded;
  // Of two sides that differ, the one that is farther from where an STE is masked.
  const double low = -rescaling->map(-reach), high = rescaling->map(reach), range = estimator.grid().range;
  return std::abs(low - range) > std::abs(high - range) ? low : high;
}

namespace assumptions {
namespace {

bool same(double a, double b, double range) { return a == b || std::abs(a - b) <= 1e-9 * range; }

std::string shares(const Measurements& m) {
  std::string text;
  if (m.dead_share) text += fmt::format("; {:.3g} of the weights are dead at the end", *m.dead_share);
  if (m.mask_mismatch_share) text += fmt::format("; {:.3g} in one learner only", *m.mask_mismatch_share);
  return text;
}

std::string beyond(double reach) {
  return std::isfinite(reach) ? fmt::format("beyond +-{:.6g}", reach) : std::string("nowhere");
}

Finding mismatched(const Situation& s, double needed, double partner, Finding f) {
  f.finding = fmt::format("gradients are masked {}, so those of the counterpart would have to be {}, but are {}{}",
                          beyond(s.estimator.reach()), beyond(needed), beyond(partner), shares(s.measured));
  f.meaning =
      "where one learner is masked and the other is not, one stands still while the other moves: they diverge in "
      "proportion to the path";
  f.advice = std::isfinite(needed) ? "mask both learners alike, or keep weights inside the range"
                                   : "train the STE with gate=none";
  return f;
}

Finding assess_saturation(const Situation& s) {
  const double range = s.estimator.grid().range;
  Finding f;
  const std::optional<double> needed = straightened_reach(s.estimator, s.rule);
  if (!needed) {
    f.value = finite(s.estimator.reach());
    f.finding = fmt::format("gradients are masked {}{}", beyond(s.estimator.reach()), shares(s.measured));
    f.meaning = "without alpha and M nothing can be said about the counterpart";
    f.advice = "see the assumptions on q";
    return f;
  }
  // An STE can be had with either mask.
  const double partner = s.partner_reach.value_or(std::isfinite(*needed) ? range : kUnbounded);
  f.value = finite(*needed);
  f.where = std::isfinite(*needed) ? fmt::format("|w| = {:.6g}", *needed) : "";
  f.holds = same(*needed, partner, range);
  if (!*f.holds) return mismatched(s, *needed, partner, f);
  f.finding = fmt::format("both learners mask gradients {}{}", beyond(partner), shares(s.measured));
  f.meaning = "M takes masked weights to masked weights";
  f.advice = "nothing to do";
  if (const auto mismatch = s.measured.mask_mismatch_share) {
    f.how = Evidence::measured;
    f.value = mismatch;
    f.holds = *mismatch <= kAllowedExceptions;
    if (!*f.holds) f.meaning = "more than 1 % of the weights stand still in one learner and move in the other";
    if (!*f.holds) f.advice = "lower the learning rate, so that fewer weights meet the end of the range at other times";
  }
  return f;
}

}  // namespace

AssumptionRegistry::Entry saturation() {
  return {{.name = "saturation",
           .summary = "Both learners mask the same weights; value: the reach M(reach) that the counterpart needs, or "
                      "for a pair of a run the share of weights masked in one of the two only (at most 0.01).",
           .formula = "|w| <= reach if and only if |M(w)| <= reach of the counterpart",
           .citation = "",
           .parameters = {}},
          assess_saturation};
}

}  // namespace assumptions
}  // namespace steq

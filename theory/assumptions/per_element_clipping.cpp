// SPDX-License-Identifier: MIT
#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

Finding without_effect(std::string finding, const char* meaning, Finding f) {
  f.holds = true;
  f.finding = std::move(finding);
  f.meaning = meaning;
  f.advice = "nothing to do";
  return f;
}

Finding assess_clipping(const Situation& s) {
  const double limit = s.options.clip_value;
  Finding f{.value = limit};
  if (limit == 0)
    return without_effect("no gradient is cut", "the update is proportional to q(w) times the gradient", f);
  if (s.follows<SignRule>())
    return without_effect("gradients are cut, which leaves their signs", "only signs matter to this rule", f);
  if (s.straight_through()) return without_effect("q = 1", "both learners are cut alike", f);
  const double largest = s.measured.largest_gradient.value_or(0) * std::max(1.0, s.bounds.upper.value);
  if (s.measured.largest_gradient && largest < limit) {
    f.how = Evidence::measured;
    return without_effect(fmt::format("no gradient of the run reached {:.6g}", limit), "nothing was cut", f);
  }
  f.holds = false;
  f.finding = fmt::format("gradients are cut at {:.6g}, after q has multiplied them", limit);
  f.meaning =
      "a gradient that is cut moves both learners by the same step, not by steps in the ratio of q: no alpha "
      "and M make up for that, and q no longer cancels in an adaptive rule";
  f.advice = "set clip_value to 0, or so high that it never acts";
  return f;
}

}  // namespace

AssumptionRegistry::Entry per_element_clipping() {
  return {{.name = "per-element-clipping",
           .summary = "No gradient is cut to an interval, unless the rule looks at its sign alone.",
           .formula = "update(c g) = c update(g), broken by min(max(g, -clip_value), clip_value)",
           .citation = "",
           .parameters = {}},
          assess_clipping};
}

}  // namespace steq::assumptions

// SPDX-License-Identifier: MIT
#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

Evidence evidence(const ShapeBound& bound) { return bound.proved ? Evidence::proved : Evidence::sampled; }

/// The sign of a gradient needs a positive q, but no bound: single zeros do no harm.
bool enough(const Situation& s) {
  if (s.follows<SignRule>()) return s.estimator.traits().positive;
  return s.bounds.lower.value > 0 && s.estimator.bounds().lower > 0;
}

Finding assess_positivity(const Situation& s) {
  const ShapeBound& lower = s.bounds.lower;
  Finding f{.of_class = true,
            .holds = enough(s),
            .how = evidence(lower),
            .value = lower.value,
            .where = at_weight(lower.where)};
  if (*f.holds) {
    f.finding = fmt::format("q >= {:.6g} on all of [-W, W]{}", lower.value, reached_at(lower));
    f.meaning = "every gradient reaches its weight, so that a map M with M' = alpha / q exists";
    f.advice = "nothing to do";
  } else {
    f.finding =
        fmt::format("{} {:.6g} at {}", lower.found > 0 ? "q comes down to 0; it is" : "q =", lower.found, f.where);
    f.meaning =
        "where q is 0 a weight stands still for ever, and where it is negative it runs uphill; no STE does that";
    f.advice = "choose parameters that keep q away from 0 on all of [-W, W], or another estimator";
  }
  return f;
}

}  // namespace

AssumptionRegistry::Entry positivity() {
  return {{.name = "positivity",
           .summary = "q has a positive lower bound L- on [-W, W].",
           .formula = "q(w) >= L- > 0",
           .citation = "Schoenbauer et al., arXiv:2405.05171, assumptions",
           .parameters = {}},
          assess_positivity};
}

}  // namespace steq::assumptions

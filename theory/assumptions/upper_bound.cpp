// SPDX-License-Identifier: MIT
#include <cmath>

#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

Finding assess_upper_bound(const Situation& s) {
  const ShapeBound& upper = s.bounds.upper;
  Finding f{.required = !s.follows<SignRule>(),
            .of_class = true,
            .holds = std::isfinite(upper.value),
            .how = upper.proved ? Evidence::proved : Evidence::sampled,
            .value = finite(upper.value),
            .where = at_weight(upper.where)};
  if (*f.holds) {
    f.finding = fmt::format("q <= {:.6g} on all of [-W, W]{}", upper.value, reached_at(upper));
    f.meaning = "no weight moves more than L+ times as far as the gradient says";
    f.advice = "nothing to do";
  } else {
    f.finding = fmt::format("q has no upper bound; it is {:.6g} at {} and grows on", upper.found, f.where);
    f.meaning = "near a threshold single steps become so large that no learning rate makes them small";
    f.advice = "cut q off near the threshold, as reste does with m";
  }
  return f;
}

}  // namespace

AssumptionRegistry::Entry upper_bound() {
  return {{.name = "upper-bound",
           .summary = "q has an upper bound L+ on [-W, W].",
           .formula = "q(w) <= L+",
           .citation = "Schoenbauer et al., arXiv:2405.05171, assumptions",
           .parameters = {}},
          assess_upper_bound};
}

}  // namespace steq::assumptions

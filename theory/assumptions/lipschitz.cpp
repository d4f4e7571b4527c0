// SPDX-License-Identifier: MIT
#include <cmath>

#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

Finding refuted(const Situation& s, Finding f) {
  if (const auto& jump = s.bounds.jump) {
    f.how = Evidence::proved;
    f.where = at_weight(jump->where);
    f.finding = fmt::format("q jumps from {:.6g} to {:.6g} at {}", jump->before, jump->after, f.where);
    f.meaning =
        "a step across the jump errs by a share of the step itself; over a path that adds up to the number of "
        "crossings times the learning rate";
    f.advice = "use a continuous shape, or learning rates so small that few steps cross a jump";
    return f;
  }
  const double found = s.bounds.lipschitz.found;
  f.finding = found > 0 ? fmt::format("q has no Lipschitz constant; its slope is already {:.6g} at {}", found, f.where)
                        : "q is declared to have no Lipschitz constant";
  f.meaning = "however small a step, q may change by more than any multiple of it";
  f.advice = "use a shape without a pole or a jump";
  return f;
}

Finding assess_lipschitz(const Situation& s) {
  const ShapeBound& bound = s.bounds.lipschitz;
  Finding f{.required = !s.follows<SignRule>(),
            .of_class = true,
            .holds = std::isfinite(bound.value),
            .how = bound.proved ? Evidence::proved : Evidence::sampled,
            .value = finite(bound.value),
            .where = at_weight(bound.where)};
  if (!*f.holds) return refuted(s, std::move(f));
  f.finding = fmt::format("|q'| <= {:.6g} per unit of weight{}", bound.value, reached_at(bound));
  f.meaning = "a single step adds an error of at most order learning rate squared, proportional to L'";
  f.advice = "nothing to do";
  return f;
}

}  // namespace

AssumptionRegistry::Entry lipschitz() {
  return {{.name = "lipschitz",
           .summary = "q has a Lipschitz constant L' on [-W, W], in 1 / weight units.",
           .formula = "|q(x) - q(y)| <= L' |x - y|",
           .citation = "Schoenbauer et al., arXiv:2405.05171, assumptions",
           .parameters = {}},
          assess_lipschitz};
}

}  // namespace steq::assumptions

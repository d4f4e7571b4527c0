// SPDX-License-Identifier: MIT
#include <cmath>

#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

Finding assess_gradients(const Situation& s) {
  Finding f{.required = !s.follows<SignRule>(), .how = Evidence::measured};
  if (!s.measured.largest_gradient) {
    f.finding = "not known without a run";
    f.meaning = "the error of a single step is proportional to the square of the gradient";
    f.advice = "train, and call steq check with the run directory";
    return f;
  }
  const double largest = *s.measured.largest_gradient;
  f.holds = std::isfinite(largest);
  f.value = finite(largest);
  f.finding = fmt::format("the largest |gradient| of the run is {:.6g}", largest);
  f.meaning = *f.holds ? "within this run gradients are bounded" : "the run broke down";
  f.advice = *f.holds ? "nothing to do" : "lower the learning rate";
  return f;
}

}  // namespace

AssumptionRegistry::Entry bounded_gradients() {
  return {{.name = "bounded-gradients",
           .summary = "The loss gradients by the quantized weights stay below some bound; only a run can tell.",
           .formula = "|dL/dQ(w)| <= G",
           .citation = "Schoenbauer et al., arXiv:2405.05171, assumptions",
           .parameters = {}},
          assess_gradients};
}

}  // namespace steq::assumptions

// SPDX-License-Identifier: MIT
#include <cmath>

#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

Finding assess_memory(const Situation& s) {
  const auto* moments = std::get_if<AdaptiveMoments>(&s.rule);
  Finding f{.required = moments != nullptr};
  if (!moments) {
    f.finding = "the rule has no second moment";
    f.meaning = "this is about adaptive optimizers";
    f.advice = "nothing to do";
    return f;
  }
  const double ratio = moments->beta1 == 0 ? 0 : moments->beta1 * moments->beta1 / moments->beta2;
  f.holds = ratio < 1;
  f.value = finite(ratio);
  f.finding = fmt::format("beta1^2 / beta2 = {:.6g}", ratio);
  f.meaning = *f.holds ? "steps are bounded by the learning rate, because the second moment remembers at least as long"
                       : "the first moment outlives the second, so that single steps are not bounded";
  f.advice = *f.holds ? "nothing to do" : "raise beta2 above beta1^2";
  return f;
}

}  // namespace

AssumptionRegistry::Entry moment_memory() {
  return {{.name = "moment-memory",
           .summary = "With an adaptive optimizer the second moment remembers longer than the first; value: the ratio.",
           .formula = "beta1^2 / beta2 < 1",
           .citation = "Reddi et al., arXiv:1904.09237, use the same condition",
           .parameters = {}},
          assess_memory};
}

}  // namespace steq::assumptions

// SPDX-License-Identifier: MIT
#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

constexpr const char* kEpsilonMeaning =
    "where the root of the second moment comes down to epsilon, q no longer cancels: small gradients shrink with it";

Finding assess_epsilon(const Situation& s) {
  const auto* moments = std::get_if<AdaptiveMoments>(&s.rule);
  Finding f{.required = moments != nullptr, .how = Evidence::measured, .meaning = kEpsilonMeaning};
  if (!moments) {
    f.finding = "the rule has no epsilon";
    f.meaning = "this is about adaptive optimizers";
    f.advice = "nothing to do";
  } else if (const auto share = s.measured.small_moment_share) {
    f.holds = *share <= kAllowedExceptions;
    f.value = share;
    f.finding = fmt::format("{:.3g} of the weights have a root of the second moment below 100 epsilon", *share);
    f.advice = *f.holds ? "nothing to do" : "lower epsilon";
  } else {
    f.finding =
        fmt::format("epsilon is {:.3g}; how large the gradients are is not known without a run", moments->epsilon);
    f.advice = "train, and call steq check with the run directory";
  }
  return f;
}

}  // namespace

AssumptionRegistry::Entry epsilon() {
  return {{.name = "epsilon",
           .summary = "With an adaptive optimizer epsilon is far below the root of the second moment; value: the share "
                      "of weights where it is not (at most 0.01).",
           .formula = "sqrt(v) >= 100 epsilon",
           .citation = "",
           .parameters = {}},
          assess_epsilon};
}

}  // namespace steq::assumptions

// SPDX-License-Identifier: MIT
#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

Finding harmless(const char* finding, Finding f) {
  f.holds = true;
  f.finding = finding;
  f.meaning = "nothing but gradients moves the two learners apart or together";
  f.advice = "nothing to do";
  return f;
}

Finding assess_decay(const Situation& s) {
  const GradientOptions& options = s.options;
  const double decay = std::max(options.weight_decay, options.decoupled_decay);
  Finding f{.value = decay};
  if (decay == 0) return harmless("no weight decay", f);
  if (s.straight_through()) return harmless("q = 1: the counterpart decays in the same way", f);
  if (options.weight_decay == 0 && !s.follows<HeavyBall>())
    return harmless("decoupled decay pulls both learners alike, and brings them together", f);
  f.holds = false;
  const char* kind = options.weight_decay > 0 ? "coupled" : "decoupled";
  f.finding = fmt::format("{} weight decay of {:.6g}", kind, decay);
  f.meaning = s.follows<HeavyBall>()
                  ? "decay pulls at w in one learner and at M(w) in the other, at another strength: they diverge in "
                    "proportion to the learning rate, not to its square"
                  : "q multiplies the loss gradient but not the decay beside it, so that it no longer cancels";
  f.advice = s.follows<HeavyBall>() ? "set weight_decay and decoupled_decay to 0, or use an adaptive optimizer with "
                                      "decoupled_decay"
                                    : "use decoupled_decay in place of weight_decay";
  return f;
}

}  // namespace

AssumptionRegistry::Entry weight_decay() {
  return {{.name = "weight-decay",
           .summary = "No weight decay, or a decoupled one beside a rule that needs no alpha and M.",
           .formula = "mismatch a step: lr decay (w / q(w) - M(w)) alpha coupled, lr decay (alpha w / q(w) - M(w)) "
                      "decoupled",
           .citation = "",
           .parameters = {}},
          assess_decay};
}

}  // namespace steq::assumptions

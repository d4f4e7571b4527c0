// SPDX-License-Identifier: MIT
#include <cmath>

#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

constexpr const char* kStepSizeMeaning =
    "while x = L' lr |g| < 1 no step can reach a zero of q, and each step errs by at most (alpha / L') (-ln(1-x) - x)";

/// How far steady gradients add up: the trace is 1 / (1 - momentum) times as large as each of them.
double accumulation(const UpdateRule& rule) {
  const auto* ball = std::get_if<HeavyBall>(&rule);
  return ball ? 1 / (1 - ball->momentum) : 1;
}

Finding scale_free(const Situation& s, Finding f) {
  f.required = false;
  f.finding = "steps have the size of the learning rate, whatever the gradients are";
  f.meaning = fmt::format("q changes by about {:.3g} in one step at most",
                          s.bounds.lipschitz.value * s.learning_rate.value_or(0));
  if (!s.learning_rate) f.meaning = "q changes by about L' lr in one step";
  f.advice = "nothing to do";
  return f;
}

Finding measured(const Situation& s, double slope, double gradient, Finding f) {
  const double x = slope * *s.learning_rate * gradient * accumulation(s.rule);
  f.holds = x < 1;
  f.value = finite(x);
  f.finding = fmt::format("the largest gradient of the run, {:.6g}, makes x = {:.6g}", gradient, x);
  f.meaning = kStepSizeMeaning;
  f.advice = *f.holds ? "nothing to do" : fmt::format("divide the learning rate by {:.3g} or more", 1.01 * x);
  return f;
}

/// The largest gradient allowed.
Finding allowed_gradient(const Situation& s, double slope, Finding f) {
  const double largest = 1 / (slope * *s.learning_rate), steady = largest / accumulation(s.rule);
  f.value = finite(largest);
  f.finding = fmt::format("x < 1 for all gradients below {:.6g}", largest);
  if (steady < largest) f.finding += fmt::format("; with momentum for steady gradients below {:.6g}", steady);
  f.meaning = kStepSizeMeaning;
  f.advice = "train, and call steq check with the run directory: it knows the gradients";
  return f;
}

Finding assess_step_size(const Situation& s) {
  const double slope = s.bounds.lipschitz.value;
  Finding f{.how = Evidence::measured};
  if (!s.follows<HeavyBall>()) return scale_free(s, f);
  if (slope == 0) {
    f.holds = true;
    f.how = Evidence::proved;
    f.value = 0;
    f.finding = "q is constant, so that steps of any size are followed exactly";
    f.meaning = kStepSizeMeaning;
    f.advice = "nothing to do";
    return f;
  }
  if (!std::isfinite(slope)) {
    f.finding = "without a Lipschitz constant no step size is small";
    f.meaning = kStepSizeMeaning;
    f.advice = "see lipschitz";
    return f;
  }
  if (s.learning_rate && s.measured.largest_gradient) return measured(s, slope, *s.measured.largest_gradient, f);
  if (s.learning_rate && *s.learning_rate > 0) return allowed_gradient(s, slope, f);
  f.finding = fmt::format("x < 1 where lr |g| < {:.6g}", 1 / slope);
  f.meaning = kStepSizeMeaning;
  f.advice = "give --learning-rate, or a run directory";
  return f;
}

}  // namespace

AssumptionRegistry::Entry step_size() {
  return {{.name = "step-size",
           .summary = "Steps are short against the length over which q changes; value: the largest |g| allowed at the "
                      "learning rate, or for a run the largest x.",
           .formula = "x = L' lr |g| < 1; on a run with momentum |g| / (1 - momentum)",
           .citation = "Schoenbauer et al., arXiv:2405.05171, small learning rates",
           .parameters = {}},
          assess_step_size};
}

}  // namespace steq::assumptions

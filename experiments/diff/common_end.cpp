// SPDX-License-Identifier: MIT
#include "experiments/diff/common_end.hpp"

#include "sim/metrics/first_divergence.hpp"

namespace steq {
namespace {

/// True where it makes more than `steps` updates, as far as that is known.
bool goes_beyond(const ComparedLearner& learner, Step steps) {
  return learner.steps().value_or(learner.last_change()) > steps;
}

bool agree_until(const ComparedLearner& a, const ComparedLearner& b, Step step) {
  if (!share_levels(a, b)) return false;
  const auto divergence = first_divergence(a.trace(), b.trace());
  return !divergence || divergence->step > step;
}

/// Where `learner` ends before `other`.
std::optional<CommonEnd> end_before(const ComparedLearner& learner, const ComparedLearner& other,
                                    const std::string& run) {
  if (const auto& steps = learner.steps()) {
    if (goes_beyond(other, *steps)) return CommonEnd{*steps, run, true};
    return std::nullopt;
  }
  const Step last = learner.last_change();
  if (other.last_change() > last && agree_until(learner, other, last)) return CommonEnd{last, run, false};
  return std::nullopt;
}

}  // namespace

std::optional<CommonEnd> common_end(const ComparedLearner& a, const ComparedLearner& b) {
  if (const auto end = end_before(a, b, "A")) return end;
  return end_before(b, a, "B");
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "experiments/config/pair_role.hpp"

#include <algorithm>

#include "experiments/config/config_keys.hpp"
#include "sim/optimizers/optimizer.hpp"

namespace steq {
namespace {

using Differences = std::vector<const KeyInfo*>;

/// The same but for what makes a control.
bool same_recipe(const LearnerConfig& a, const LearnerConfig& b) {
  const Differences differing = differing_keys(learner_keys(), a, b);
  return std::ranges::all_of(differing, [](const KeyInfo* key) { return key->control.has_value(); });
}

PairKind kind_of(const Differences& differing) {
  if (differing.empty()) return PairKind::identical;
  return differing.size() == 1 ? differing.front()->control.value_or(PairKind::other) : PairKind::other;
}

}  // namespace

bool rescales(const LearnerConfig& learner) {
  return !optimizer_registry().make(learner.optimizer.rule, "optimizer")->scale_invariant();
}

PairRole role_of(const ExperimentConfig& config, const std::string& a, const std::string& b) {
  const LearnerConfig &first = config.learner(a), &second = config.learner(b);
  const bool only_start_differs =
      first.learning_rate_scale == second.learning_rate_scale && first.rounding == second.rounding;
  if (second.equivalent_to && same_recipe(first, config.learner(*second.equivalent_to)))
    return {rescales(second), only_start_differs ? PairKind::equivalent : PairKind::other};
  return {false, kind_of(differing_keys(learner_keys(), first, second))};
}

}  // namespace steq

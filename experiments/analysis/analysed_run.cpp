// SPDX-License-Identifier: MIT
#include "experiments/analysis/analysed_run.hpp"

#include <algorithm>

#include "experiments/config/weight_map.hpp"
#include "sim/metrics/comparison.hpp"

namespace steq {
namespace {

/// A config.json without a summary.json is not one of ours.
std::optional<ExperimentConfig> config_of(const StoredRun& run) {
  if (run.config().is_null() || run.summary().is_null()) return std::nullopt;
  return read_config(run.config(), run.place("config.json"));
}

}  // namespace

AnalysedRun::AnalysedRun(const std::filesystem::path& directory, const NamedControls& controls)
    : stored_(directory, controls), config_(config_of(stored_)), pairs_(steq::pairs(stored_)) {}

std::vector<Pair> AnalysedRun::pairs_on_levels() const {
  std::vector<Pair> some;
  std::ranges::copy_if(pairs_, std::back_inserter(some),
                       [&](const Pair& pair) { return comparable_levels(learner(pair.a), learner(pair.b)); });
  return some;
}

const LearnerTrace& AnalysedRun::learner(const std::string& name) const {
  auto& learner = learners_[name];
  if (!learner) learner = std::make_unique<StoredLearner>(stored_, name);
  return learner->trace();
}

std::optional<WeightMap> AnalysedRun::map(const Pair& pair) const {
  if (!pair.mapped) return [](const Grid&, double w) { return w; };
  if (!config_) return std::nullopt;
  return weight_map(*config_, pair.a, pair.b);
}

}  // namespace steq

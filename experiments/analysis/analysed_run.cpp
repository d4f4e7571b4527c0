// SPDX-License-Identifier: MIT
#include "experiments/analysis/analysed_run.hpp"

#include "experiments/training/learner_setups.hpp"

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

const LearnerTrace& AnalysedRun::learner(const std::string& name) const {
  auto& learner = learners_[name];
  if (!learner) learner = std::make_unique<StoredLearner>(stored_, name);
  return learner->trace();
}

std::optional<WeightMap> AnalysedRun::map(const Pair& pair) const {
  if (!pair.mapped) return [](const Grid&, double w) { return w; };
  if (!config_) return std::nullopt;
  return config_->precision == "double" ? weight_map<double>(*config_, pair.a, pair.b)
                                        : weight_map<float>(*config_, pair.a, pair.b);
}

}  // namespace steq

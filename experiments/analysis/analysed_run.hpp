// SPDX-License-Identifier: MIT
// A run directory with all that its tables are made from: what it stores, and the theory that its config asks for.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "experiments/config/config.hpp"
#include "plots/figures/pairs.hpp"
#include "records/stored_learner.hpp"

namespace steq {

class AnalysedRun {
 public:
  /// Throws InputError where the directory holds no logs, or is a run of steq whose files are damaged.
  explicit AnalysedRun(const std::filesystem::path& directory, const NamedControls& controls = {});

  const StoredRun& stored() const { return stored_; }
  /// Nothing where the logs were recorded by another program.
  const std::optional<ExperimentConfig>& config() const { return config_; }
  const std::vector<Pair>& pairs() const { return pairs_; }
  /// Those whose levels can be compared, weight by weight.
  std::vector<Pair> pairs_on_levels() const;
  /// Read when it is first asked for.
  const LearnerTrace& learner(const std::string& name) const;
  /// From the weights of a into the coordinates of b, rounded to the precision of the run: M or the identity. Nothing
  /// where M is asked for but no config says of what.
  std::optional<WeightMap> map(const Pair& pair) const;

 private:
  StoredRun stored_;
  std::optional<ExperimentConfig> config_;
  std::vector<Pair> pairs_;
  mutable std::map<std::string, std::unique_ptr<StoredLearner>> learners_;
};

}  // namespace steq

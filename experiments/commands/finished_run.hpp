// SPDX-License-Identifier: MIT
// What can be read back from a run directory.
#pragma once

#include <optional>
#include <string>

#include "experiments/config/config.hpp"
#include "records/safetensors.hpp"

namespace steq {

struct FinishedRun {
  std::string directory;
  ExperimentConfig config;
  Json summary;  ///< has "learners" and "comparisons"

  /// The path of a file of the run.
  std::string place(const std::string& file) const;
  /// Throws InputError where config.json has no such learner.
  const LearnerConfig& learner(const std::string& name) const;
  /// What summary.json says of a learner. Throws InputError where its "learning_rate" and "tensors" are missing.
  const Json& facts_of(const std::string& learner) const;
  /// Of the layer that holds the tensor, by its shape in `weights`. Throws InputError where it is not there.
  std::size_t fan_in(const TensorFile& weights, const std::string& tensor) const;
};

/// Throws InputError where the directory is not that of a run, IoError where its files cannot be read.
FinishedRun read_run(const std::string& directory);

/// A number of summary.json, where what is not finite is a word and becomes infinity; nothing where it is missing or
/// null.
std::optional<double> number(const Json& object, const char* key);

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>

#include "records/json_values.hpp"
#include "records/stored_weights.hpp"

namespace steq {

/// The files weights/LEARNER-SNAPSHOT.safetensors of a run directory.
class WeightsFolder {
 public:
  WeightsFolder(std::filesystem::path run_directory, Json manifest)
      : run_directory_(std::move(run_directory)), manifest_(std::move(manifest)) {}

  /// Null where there is no such file. Those of the start and the end stay open, so that each is opened once; `tensors`
  /// are those of the learner's log. Throws InputError where the SHA-256 is not the one in the manifest, and as
  /// StoredWeights does.
  std::shared_ptr<StoredWeights> file(const std::string& learner, const std::string& snapshot,
                                      const std::vector<std::string>& tensors);
  /// The epochs whose weights were stored, ascending. Throws IoError where the folder cannot be read.
  std::vector<int> epochs(const std::string& learner) const;

  /// What was left out so far, and why.
  std::vector<std::string> remarks() const;

 private:
  std::filesystem::path run_directory_;
  Json manifest_;
  std::map<std::string, std::shared_ptr<StoredWeights>> open_;  ///< by name in the run directory
  std::vector<std::string> remarks_;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// A run directory read back: what steq run has written, or logs that another program has recorded in the same layout.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "records/json_values.hpp"
#include "records/log_file.hpp"
#include "records/safetensors.hpp"

namespace steq {

/// Only logs.h5 must be there; every other file is read where it exists. Big arrays are read when they are asked for.
class StoredRun {
 public:
  /// Throws InputError where `directory` is no directory with a readable logs.h5, the log is not the one
  /// in manifest.json, or a JSON file is damaged.
  explicit StoredRun(const std::filesystem::path& directory);

  const std::filesystem::path& directory() const { return directory_; }
  /// The run's name; the directory's where no summary.json says one.
  std::string name() const;
  /// null where there is no such file.
  const Json& summary() const { return summary_; }
  const Json& config() const { return config_; }
  const Json& manifest() const { return manifest_; }
  /// One object a learner and epoch, in the order of history.jsonl; empty where there is none.
  const std::vector<Json>& history() const { return history_; }
  const LogReader& logs() const { return logs_; }

  /// In the order of the config.
  const std::vector<std::string>& learners() const { return learners_; }
  /// Names of the quantized tensors with change points, in the order of the network; alphabetical in foreign logs.
  std::vector<std::string> tensors(const std::string& learner) const;
  /// Updates that were made: as summary.json says, else as many as a learner has batch losses; nothing where neither
  /// is there. Throws InputError where the number is none of updates.
  std::optional<Step> known_steps() const;
  /// The same, else the step of the last recorded change point.
  Step steps() const;

  /// All of weights/LEARNER-MOMENT.safetensors ("initial", "final", "epoch-3"); empty where there is no such file.
  std::vector<StoredTensor> weight_tensors(const std::string& learner, const std::string& moment) const;
  /// The values of one of them; nothing where there is no such file or no such tensor in it.
  std::optional<std::vector<double>> weights(const std::string& learner, const std::string& moment,
                                             const std::string& tensor) const;
  /// As PyTorch lists it, [out, in, height, width]; empty where no weights were stored.
  std::vector<std::size_t> shape(const std::string& learner, const std::string& tensor) const;
  /// Of the epochs whose weights were stored, ascending.
  std::vector<int> weight_epochs(const std::string& learner) const;

 private:
  std::optional<StoredTensor> stored(const std::string& learner, const std::string& moment,
                                     const std::string& tensor) const;

  std::filesystem::path directory_;
  Json manifest_;
  LogReader logs_;
  Json summary_, config_;
  std::vector<Json> history_;
  std::vector<std::string> learners_;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// The files of a training run, from the first, which is made before training, to the manifest.
#pragma once

#include "experiments/training/experiment_inputs.hpp"
#include "experiments/training/result_files.hpp"
#include "experiments/training/run_recorders.hpp"
#include "records/log_file.hpp"
#include "records/run_directory.hpp"

namespace steq {

/// Everything here throws IoError where a file cannot be written.
template <class T>
class RunFiles {
 public:
  /// Writes config.json, makes logs.h5, and tries the longest names that files will have.
  RunFiles(const ExperimentConfig& config, const ExperimentInputs& inputs, const RunDirectory& directory);

  /// history.jsonl so far; a run that goes on takes it from its checkpoint.
  void archive(Archive& a) { a(history_); }
  void write_history() const;
  /// Remembers the entry, and writes it. Where that fails it is remembered all the same.
  void add_history(const Json& entry);

  /// weights/LEARNER-SNAPSHOT.safetensors
  void write_weights(const Learner<T>& learner, const std::string& snapshot) const;
  void write_weights(const std::vector<Learner<T>>& learners, const std::string& snapshot) const;
  /// weights/LEARNER-quantized.safetensors
  void write_quantized(Cohort<T>& cohort) const;
  /// Those of an epoch, where the config asks for them.
  void write_epoch_weights(const Learner<T>& learner, std::size_t epoch) const;

  void write_json(const std::string& name, const Json& json) const;

  /// Closes logs.h5 with all that was recorded.
  void write_logs(const Cohort<T>& cohort, const RunRecorders<T>& recorders, const std::vector<LearnerResult>& results);

 private:
  void try_names() const;

  const ExperimentConfig& config_;
  const ExperimentInputs& inputs_;
  const RunDirectory& directory_;
  std::string history_;
  std::optional<LogWriter> logs_;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// When a training run writes its state down, and how it goes on from there.
#pragma once

#include <chrono>
#include <functional>

#include "experiments/config/config.hpp"
#include "records/run_directory.hpp"
#include "sim/core/archive.hpp"
#include "sim/core/types.hpp"

namespace steq {

/// 0 means never.
struct CheckpointTimes {
  Step steps = 0;
  double minutes = 10;
};

class Checkpoints {
 public:
  /// `archive` writes or reads the whole state of the run.
  Checkpoints(const ExperimentConfig& config, RunDirectory& directory, const CheckpointTimes& times,
              std::function<void(Archive&)> archive);

  /// Writes a checkpoint where one is due; from the first one on the directory stays, whatever happens. Throws IoError.
  void after_step(Step step);
  void write(Step step);

  /// Reads the newest whole checkpoint; returns what to tell the user, if anything. InputError where there is none.
  std::string resume();

 private:
  const ExperimentConfig& config_;
  RunDirectory& directory_;
  CheckpointTimes times_;
  std::function<void(Archive&)> archive_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// Throws InputError, having changed nothing, where `directory` holds no run that can go on, or the checkpoint is of
/// another config (naming every key that differs) or another build.
void require_resumable(const ExperimentConfig& config, const std::filesystem::path& directory);

}  // namespace steq

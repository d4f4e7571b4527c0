// SPDX-License-Identifier: MIT
// `steq run`: trains the cohort of a config and writes its run directory.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "experiments/config/config.hpp"
#include "experiments/training/checkpoints.hpp"
#include "experiments/training/summary.hpp"

namespace steq {

struct RunOptions {
  std::string directory;  ///< of the run; "runs/NAME" where empty
  int threads = 1;
  Existing existing = Existing::refuse;  ///< where that directory is there already
  bool quiet = false;                    ///< no progress bar
  CheckpointTimes checkpoints = {};
  /// Told, before training begins, of what is allowed and still likely to be a mistake.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
};

struct RunOutcome {
  std::string directory;
  RunStatus status = RunStatus::complete;
  std::string breakdown = {};  ///< what broke down, where status is `diverged`
  std::string remark = {};     ///< what else to tell the user; empty for nothing
  Json summary = {};
  bool holds = true;  ///< false where the experiment is a check, and it failed
};

/// Throws InputError before anything is written where the config, its data or the directory cannot be used, IoError
/// where writing fails (and then leaves nothing behind). A run that breaks down or is stopped keeps what was recorded.
RunOutcome run_experiment(const ExperimentConfig& config, const RunOptions& options, const std::atomic<bool>& stop);

}  // namespace steq

// SPDX-License-Identifier: MIT
// `steq run`: trains the cohort of a config and writes its run directory.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "experiments/config/config.hpp"
#include "experiments/entry/found_run.hpp"
#include "experiments/training/checkpoints.hpp"
#include "experiments/training/summary.hpp"

namespace steq {

struct RunOptions {
  std::string directory;  ///< of the run; "runs/NAME" where empty
  int threads = 1;
  Wish wish = Wish::begin;
  bool quiet = false;  ///< no progress
  CheckpointTimes checkpoints = {};
  std::function<void(const std::string&)> say = [](const std::string&) {};  ///< told what the user should know, at once
};

struct RunOutcome {
  std::string directory;
  RunStatus status = RunStatus::complete;
  std::string breakdown = {};  ///< what broke down, where status is `diverged`
  Json summary = {};
  bool holds = true;           ///< false where the experiment is a check, and it failed
  bool there_already = false;  ///< all was done before: nothing has been changed
};

/// Does what the wish asks for, as run_state.hpp says. Throws InputError before anything is written where the config,
/// its data or the directory cannot be used, BusyError where another process has the directory, IoError where writing
/// fails; what was trained until then can be gone on with as far as the disk took it, and the message says how. A run
/// that breaks down or is stopped keeps what was recorded.
RunOutcome run_experiment(const ExperimentConfig& config, const RunOptions& options, const std::atomic<bool>& stop);

/// By what a training run is known.
RunIdentity identity_of(const ExperimentConfig& config);

/// The outcome of a run that is complete already.
RunOutcome stored_outcome(const std::filesystem::path& directory);

/// Where the run is to be, by its options and its name.
std::filesystem::path place_of(const RunOptions& options, const std::string& name);

}  // namespace steq

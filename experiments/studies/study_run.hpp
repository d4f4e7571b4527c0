// SPDX-License-Identifier: MIT
// `steq reproduce`: the runs of a study, one after the other, and what is made of them.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "experiments/studies/study_config.hpp"

namespace steq {

struct StudyOptions {
  std::filesystem::path directory;  ///< of the study
  int threads = 1;
  bool force = false;                                                          ///< run again what is there
  bool quiet = false;                                                          ///< no progress bar
  std::function<void(const std::string&)> on_run = [](const std::string&) {};  ///< told of each before it starts
  std::function<void(const std::string&)> say = [](const std::string&) {};     ///< told what the user should know
};

struct StudyOutcome {
  Json study = {};           ///< study.json
  std::string remark = {};   ///< what else to tell the user; empty for nothing
  bool interrupted = false;  ///< not all runs are there
  bool holds = true;         ///< false where an expectation fails
};

/// Throws InputError where the data or the directory cannot be used, or a run that is there has another config. Nothing
/// is written.
void check_study(const StudyConfig& study, const StudyOptions& options);

/// Runs every variant with every seed into runs/VARIANT-seed-N, the stages of a chain into runs/VARIANT-seed-N/STAGE,
/// keeping what is there and finished and going on with what was cut off, and writes study.json, config.json, tables and
/// figures. A run that breaks down is a result; stages that begin from its weights are left out and count as diverged.
/// Throws as check_study() does, before anything is written, InputError where a stage that is there began from other
/// weights than an earlier one has now made, BusyError where another process has one of the runs, and IoError where
/// writing fails. When `stop` is set the run under way is kept as far as it went.
StudyOutcome run_study(const StudyConfig& study, const StudyOptions& options, const std::atomic<bool>& stop);

}  // namespace steq

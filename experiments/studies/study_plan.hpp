// SPDX-License-Identifier: MIT
// Every run of a study, and what is there of it already.
#pragma once

#include "experiments/entry/run_state.hpp"
#include "experiments/studies/study_run.hpp"

namespace steq {

/// A weights file that a run reads of an earlier stage of its case.
struct StageSource {
  std::string directory;  ///< of that stage's run, below the study's
  std::string file;       ///< where its weights are, or will be
};

/// One run of a study.
struct PlannedRun {
  std::string variant;
  std::string stage;      ///< empty where the variant is no chain
  bool last = true;       ///< of its chain
  std::string directory;  ///< below the study's
  ExperimentConfig config;
  std::vector<StageSource> sources;
  bool sources_there = true;  ///< those stages are complete
  bool complete = false;      ///< already

  /// "VARIANT" or "VARIANT/STAGE"
  std::string name() const { return stage.empty() ? variant : variant + "/" + stage; }
};

Wish wish_of(const StudyOptions& options);

/// In the order of variants, seeds and stages. Throws InputError with every problem where the data or the directory
/// cannot be used, or where a run that is there has another config or began from other weights. Nothing is written.
std::vector<PlannedRun> planned_runs(const StudyConfig& study, const StudyOptions& options);

/// Looks once more at a run that is complete already, now that the stages are there that it begins from. Throws
/// InputError as planned_runs() does.
void require_unchanged(PlannedRun run, const StudyOptions& options);

}  // namespace steq

// SPDX-License-Identifier: MIT
// Every run of a case, and what is there of it already.
#pragma once

#include "experiments/entry/run_state.hpp"
#include "experiments/studies/study_case.hpp"
#include "experiments/studies/study_options.hpp"

namespace steq {

/// A weights file that a run reads of an earlier stage of its case.
struct StageSource {
  std::string directory;  ///< of that stage's run, below the study's
  std::string file;       ///< where its weights are, or will be
};

/// One run of a case.
struct PlannedRun {
  std::string variant;
  std::string stage;      ///< empty where the variant is no chain
  bool last = true;       ///< of its chain
  std::string directory;  ///< below the study's
  ExperimentConfig config;
  std::vector<StageSource> sources;
  bool sources_there = true;        ///< those stages are complete
  RunState state = RunState::none;  ///< what is there of it
  bool complete = false;            ///< already, and to be kept
  bool diverged = false;            ///< it is complete, and broke down
  bool barred = false;              ///< a stage from which it begins broke down

  /// "VARIANT" or "VARIANT/STAGE"
  std::string name() const { return stage.empty() ? variant : variant + "/" + stage; }
};

/// A case with its runs, in the order of its stages.
struct PlannedCase {
  StudyCase of;
  std::vector<PlannedRun> runs;
};

Wish wish_of(const StudyOptions& options);

/// What is there of cases of one study. Throws InputError with every problem where the directory cannot be used, or where
/// a run that is there has another config or began from other weights. Nothing is written.
std::vector<PlannedCase> planned_cases(const std::vector<StudyCase>& cases, const StudyOptions& options);

/// The same for cases that are to be trained: throws InputError also where the data or a later stage of a chain cannot be
/// used.
std::vector<PlannedCase> trainable_cases(const std::vector<StudyCase>& cases, const StudyOptions& options);

/// Looks once more at a run that is complete already, now that the stages are there that it begins from. Throws
/// InputError as planned_cases() does.
void require_unchanged(PlannedRun run, const StudyOptions& options);

}  // namespace steq

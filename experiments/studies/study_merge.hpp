// SPDX-License-Identifier: MIT
// What is made of the cases of a study: study.json, tables and figures.
#pragma once

#include "experiments/studies/study_case.hpp"
#include "experiments/studies/study_options.hpp"

namespace steq {

/// A case that the tables do not show.
struct MissingCase {
  std::size_t index;
  std::string name;
  std::string why;  ///< "is missing"
};

struct StudyOutcome {
  Json study = {};                        ///< study.json
  std::vector<MissingCase> missing = {};  ///< cases that are not there, or not finished
  std::string remark = {};                ///< what else to tell the user; empty for nothing
  bool interrupted = false;               ///< some cases are missing because the program was asked to end
  bool holds = true;                      ///< false where an expectation fails
};

/// Makes the study's directory, with config.json: its first file says whose directory it is. Throws IoError.
void begin_study(const StudyConfig& study, const StudyOptions& options);

/// Writes study.json, config.json, tables and figures of those cases of one study that are there, whoever has run them;
/// nothing where none is. Nothing is trained. Throws InputError where a case that is there has another config, BusyError
/// where another process is merging, IoError where writing fails.
StudyOutcome merge_cases(const std::vector<StudyCase>& cases, const StudyOptions& options);

}  // namespace steq

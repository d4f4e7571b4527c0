// SPDX-License-Identifier: MIT
// What the forms of `steq reproduce` share: all at once, case by case, merged, or as a script for a cluster.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/studies/study_case.hpp"
#include "experiments/studies/study_options.hpp"

namespace steq {

struct ReproduceArguments {
  std::string experiment;
  StudyForm form;
  std::string out = "reproduce";
  int threads = 1;
  bool own_threads = false;  ///< --threads was given
  bool force = false, quiet = false;

  bool list_cases = false, json = false, merge = false;
  std::optional<std::size_t> one_case;
  std::string shard;   ///< "I/N"
  std::string script;  ///< the file for --slurm
};

std::vector<std::string> study_presets();

/// What the arguments name: `all`, `claims`, a preset or a file. Throws InputError with every problem.
std::vector<StudyConfig> studies_of(const ReproduceArguments& arguments);

/// Runs all cases, or with --merge takes those that are there, and makes and prints the tables; returns the exit code.
int run_or_merge(const std::vector<StudyConfig>& studies, const ReproduceArguments& arguments);

StudyOptions options_for(const StudyConfig& study, const ReproduceArguments& arguments);

/// Of all studies, numbered through.
std::vector<StudyCase> cases_of(const std::vector<StudyConfig>& studies);

/// A line for each case, "INDEX NAME HASH SEED STUDY" with tabs between, or the same as JSON.
std::string cases_text(const std::vector<StudyCase>& cases, bool json);

/// Runs what --case or --shard chooses; returns the exit code. Throws InputError where they choose what is not there, and
/// what a single case throws. A shard goes on after a case that fails.
int run_chosen(const std::vector<StudyCase>& cases, const ReproduceArguments& arguments);

/// Writes the script of --slurm. Throws InputError where it is there already, or the study is in no file.
void write_script(const std::vector<StudyConfig>& studies, const ReproduceArguments& arguments);

}  // namespace steq

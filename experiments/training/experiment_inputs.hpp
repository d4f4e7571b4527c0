// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/training/network_inputs.hpp"
#include "experiments/training/teacher_file.hpp"

namespace steq {

/// What an experiment starts from: data, network and the weights with which learners begin.
struct ExperimentInputs : NetworkInputs {
  DataSplits data;
  std::map<std::string, StartingValues> files = {};  ///< by path
  std::map<std::string, ReadTeacher> teachers = {};  ///< by teacher_name()
  std::vector<std::string> remarks = {};             ///< what to tell the user of data and files

  const StartingValues& start(const InitConfig& init) const { return init.file.empty() ? drawn : files.at(init.file); }
  /// Null where the loss has none.
  std::shared_ptr<const TeacherSetup> teacher(const LossConfig& loss) const;
  /// The files with weights that learners begin with or are taught by.
  std::vector<std::string> weights_files() const;
};

/// Reads or draws everything. Throws InputError where files are missing or damaged, or where data, normalization,
/// network, batch size and initial weights do not fit each other.
ExperimentInputs load_inputs(const ExperimentConfig& config);

/// Updates of each learner.
std::size_t total_steps(const ExperimentConfig& config, const ExperimentInputs& inputs);

}  // namespace steq

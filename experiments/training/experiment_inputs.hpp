// SPDX-License-Identifier: MIT
#pragma once

#include <map>

#include "experiments/config/config.hpp"
#include "sim/data/dataset.hpp"
#include "sim/nn/activation.hpp"
#include "sim/nn/spec.hpp"
#include "sim/nn/tensor_info.hpp"
#include "sim/training/initial_weights.hpp"
#include "sim/training/moving_numbers.hpp"

namespace steq {

/// Values of all that a network keeps.
struct StartingValues {
  TensorValues weights;                                   ///< [tensors]
  TensorValues statistics;                                ///< [statistics]
  std::map<std::string, NamedNumbers> grid_numbers = {};  ///< grid parameters, by tensor or layer; of a file alone
};

/// What an experiment starts from: data, network and the weights with which learners begin.
struct ExperimentInputs {
  DataSplits data;
  ModelSpec model;
  std::vector<TensorInfo> tensors;
  std::vector<StatisticInfo> statistics;
  std::vector<ActivationInfo> activations;
  StartingValues drawn;                              ///< the one draw that all learners without a file share
  std::map<std::string, StartingValues> files = {};  ///< by path
  std::vector<std::string> remarks = {};             ///< what to tell the user of data and files

  const StartingValues& start(const InitConfig& init) const { return init.file.empty() ? drawn : files.at(init.file); }
};

/// Reads or draws everything. Throws InputError where files are missing or damaged, or where data, normalization,
/// network, batch size and initial weights do not fit each other.
ExperimentInputs load_inputs(const ExperimentConfig& config);

/// Updates of each learner.
std::size_t total_steps(const ExperimentConfig& config, const ExperimentInputs& inputs);

}  // namespace steq

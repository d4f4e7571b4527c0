// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/config/config.hpp"
#include "sim/data/dataset.hpp"
#include "sim/nn/spec.hpp"
#include "sim/nn/tensor_info.hpp"
#include "sim/training/initial_weights.hpp"

namespace steq {

/// What an experiment starts from: data, network and the one draw of weights that all learners share.
struct ExperimentInputs {
  DataSplits data;
  ModelSpec model;
  std::vector<TensorInfo> tensors;
  std::vector<StatisticInfo> statistics;
  TensorValues weights;                   ///< [tensors]
  TensorValues statistic_values;          ///< [statistics]
  std::vector<std::string> remarks = {};  ///< what to tell the user of data and files
};

/// Reads or draws everything. Throws InputError where files are missing or damaged, or where data, normalization,
/// network, batch size and initial weights do not fit each other.
ExperimentInputs load_inputs(const ExperimentConfig& config);

/// Updates of each learner.
std::size_t total_steps(const ExperimentConfig& config, const ExperimentInputs& inputs);

}  // namespace steq

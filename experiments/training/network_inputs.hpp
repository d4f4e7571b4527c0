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

/// A network as it stands before anything is trained.
struct NetworkInputs {
  ModelSpec model;
  std::size_t outputs = 0;
  std::vector<TensorInfo> tensors;
  std::vector<StatisticInfo> statistics;
  std::vector<ActivationInfo> activations;
  StartingValues drawn;  ///< the one draw that all learners without a file share
};

/// What a network is built for.
struct NetworkFrame {
  const DataSplits& data;
  std::string dataset;  ///< its name, for messages
  std::uint64_t seed = 1;
  std::string place = "model";  ///< of the model in the config
};

/// Throws InputError naming the place where layers, images and classes do not fit each other.
NetworkInputs network_inputs(const ModelConfig& model, const NetworkFrame& frame);

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/config/config.hpp"
#include "experiments/training/experiment_inputs.hpp"

namespace steq {

/// Throws InputError with every learner and tensor whose name logs.h5 has no place for, where /LEARNER/TENSOR is a
/// group and /test_labels a dataset.
void require_log_names(const ExperimentConfig& config, const ExperimentInputs& inputs);

}  // namespace steq

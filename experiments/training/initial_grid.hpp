// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/training/experiment_inputs.hpp"
#include "sim/training/learner.hpp"

namespace steq {

/// Drops the grid parameters that the learner's quantizers do not have, or compute while they train. InputError naming
/// `place` where one that they begin with has another number of values, or values that it does not take.
void require_grid_numbers(LearnerSetup& setup, const std::string& place, const ExperimentInputs& inputs);

/// The grid parameters in the weights file that such a learner will leave, each of them 1.
std::map<std::string, NamedNumbers> grid_numbers_to_come(const LearnerSetup& setup, const ExperimentInputs& inputs);

}  // namespace steq

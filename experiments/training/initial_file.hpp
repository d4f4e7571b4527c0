// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "experiments/training/experiment_inputs.hpp"

namespace steq {

/// Replaces the drawn weights by those of a safetensors file, which must hold every tensor of the network in its shape,
/// may hold the statistics of its norms, and nothing else. InputError with every tensor that is missing, too many, of
/// another shape, or not finite.
void read_initial_file(const std::string& path, ExperimentInputs& inputs);

}  // namespace steq

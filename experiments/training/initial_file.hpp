// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "experiments/training/experiment_inputs.hpp"

namespace steq {

/// The drawn weights, replaced by those of a safetensors file, which must hold every tensor of the network in its shape,
/// and may hold the statistics of its norms. Names may have been wrapped by PyTorch. Tensors that the network does not
/// have are left out where no other is missing; `inputs.remarks` says so. InputError with every tensor that is missing,
/// of another shape or type, or not finite.
StartingValues read_initial_file(const std::string& path, ExperimentInputs& inputs);

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "experiments/training/network_inputs.hpp"

namespace steq {

/// The drawn weights, replaced by those of a safetensors file, which must hold every tensor of the network in its shape,
/// and may hold the statistics of its norms. Names may have been wrapped by PyTorch. Tensors that the network does not
/// have are left out where no other is missing; `remarks` says so. InputError with every tensor that is missing,
/// of another shape or type, or not finite.
StartingValues read_initial_file(const std::string& path, const NetworkInputs& inputs,
                                 std::vector<std::string>& remarks);

}  // namespace steq

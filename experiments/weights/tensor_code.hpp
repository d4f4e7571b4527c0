// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "plots/figures/level_figure.hpp"
#include "records/json_values.hpp"
#include "records/safetensors.hpp"
#include "sim/codings/coding.hpp"

namespace steq {

/// What became of one tensor.
struct TensorCode {
  Json facts;        ///< {"name", "weights", "levels", "relative_squared_error", "angle_degrees", "zero_share", "bits",
                     ///< "huffman_bits", "compression", "parameters"}
  LevelPanel panel;  ///< for a figure
};

/// Puts the coded values in place of the tensor's, F32 or F64; `curvature` is a tensor of its type and shape, or null.
/// Throws InputError naming `place` where the tensor does not suit the coding.
TensorCode code_tensor(StoredTensor& tensor, const StoredTensor* curvature, const Coding& coding, const CodingJob& job,
                       const std::string& place);

}  // namespace steq

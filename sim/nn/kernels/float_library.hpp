// SPDX-License-Identifier: MIT
// What the library behind float provides: oneDNN, or Eigen in builds without it.
#pragma once

#include "sim/nn/kernels/kernels.hpp"

namespace steq {

std::unique_ptr<ConvKernel<float>> make_direct_conv(const ConvGeometry& geometry, bool bias);

std::string float_library();       ///< name and version
std::string float_instructions();  ///< name and instruction set

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/kernels.hpp"

#include "sim/nn/kernels/eigen_product.hpp"
#include "sim/nn/kernels/float_library.hpp"
#include "sim/nn/kernels/vector16.hpp"
#include "sim/nn/kernels/winograd_conv.hpp"

namespace steq {

template <>
std::unique_ptr<ConvKernel<float>> make_conv_kernel(const ConvGeometry& geometry, bool bias) {
  if (auto winograd = make_winograd_conv(geometry)) return winograd;
  return make_direct_conv(geometry, bias);
}

std::string kernel_library(bool single_precision) {
  if (!single_precision) return eigen_version();
  return float_library() + (kAvx512BuiltIn ? ", Winograd and pooled convolutions" : "");
}

std::string kernel_instructions() {
  const std::string eigen = eigen_instructions(), single = float_instructions();
  return single == eigen ? eigen : single + "; " + eigen;
}

}  // namespace steq

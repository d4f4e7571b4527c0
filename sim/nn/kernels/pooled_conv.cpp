// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/pooled_conv.hpp"

#include "sim/nn/kernels/pooled_direct_conv.hpp"
#include "sim/nn/kernels/pooled_winograd_conv.hpp"

namespace steq {

template <>
std::unique_ptr<PooledConvKernel<double>> make_pooled_conv_kernel(const ConvGeometry&) {
  return nullptr;
}

template <>
std::unique_ptr<PooledConvKernel<float>> make_pooled_conv_kernel([[maybe_unused]] const ConvGeometry& g) {
#ifdef __AVX512F__
  if (!g.same_3x3() || g.out.height % 2 != 0 || g.out.width % 2 != 0) return nullptr;
  if (winograd::applies(g)) return std::make_unique<PooledWinogradConv>(g);
  if (PooledDirectConv::applies(g)) return std::make_unique<PooledDirectConv>(g);
#endif
  return nullptr;
}

}  // namespace steq

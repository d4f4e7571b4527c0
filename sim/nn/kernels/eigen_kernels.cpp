// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <mutex>

#include "sim/nn/kernels/eigen_conv.hpp"
#include "sim/nn/kernels/eigen_dense.hpp"
#include "sim/nn/kernels/float_library.hpp"

namespace steq {

void pin_eigen_blocking() {
  static std::once_flag once;
  std::call_once(once, [] { Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 8 << 20); });
}

std::string eigen_version() {
  return fmt::format("Eigen {}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION);
}

std::string eigen_instructions() { return fmt::format("Eigen {}", Eigen::SimdInstructionSetsInUse()); }

template <>
std::unique_ptr<ConvKernel<double>> make_conv_kernel(const ConvGeometry& geometry, bool) {
  return std::make_unique<EigenConv<double>>(geometry);
}

template <>
std::unique_ptr<DenseKernel<double>> make_dense_kernel(std::size_t in, std::size_t out, bool) {
  return std::make_unique<EigenDense<double>>(in, out);
}

#ifndef STEQ_ONEDNN

std::unique_ptr<ConvKernel<float>> make_direct_conv(const ConvGeometry& geometry, bool) {
  return std::make_unique<EigenConv<float>>(geometry);
}

template <>
std::unique_ptr<DenseKernel<float>> make_dense_kernel(std::size_t in, std::size_t out, bool) {
  return std::make_unique<EigenDense<float>>(in, out);
}

std::string float_library() { return eigen_version(); }
std::string float_instructions() { return eigen_instructions(); }
bool kernels_plan_by_caches() { return false; }  // pinned above

#endif

}  // namespace steq

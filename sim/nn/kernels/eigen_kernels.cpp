// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/eigen_kernels.hpp"

#include <fmt/format.h>

#include <mutex>

namespace steq {

void pin_eigen_blocking() {
  static std::once_flag once;
  std::call_once(once, [] { Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 8 << 20); });
}

template <>
std::unique_ptr<ConvKernel<double>> make_conv_kernel(const ConvGeometry& geometry) {
  return std::make_unique<EigenConv<double>>(geometry);
}

template <>
void multiply(Transpose ta, Transpose tb, std::size_t m, std::size_t n, std::size_t k, const double* a, const double* b,
              double* c, bool accumulate) {
  pin_eigen_blocking();
  EigenConv<double>::multiply_eigen(ta, tb, m, n, k, a, b, c, accumulate);
}

std::string eigen_version() {
  return fmt::format("Eigen {}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION);
}

#ifndef STEQ_ONEDNN

template <>
std::unique_ptr<ConvKernel<float>> make_conv_kernel(const ConvGeometry& geometry) {
  return std::make_unique<EigenConv<float>>(geometry);
}

template <>
void multiply(Transpose ta, Transpose tb, std::size_t m, std::size_t n, std::size_t k, const float* a, const float* b,
              float* c, bool accumulate) {
  pin_eigen_blocking();
  EigenConv<float>::multiply_eigen(ta, tb, m, n, k, a, b, c, accumulate);
}

std::string kernel_library(bool) { return eigen_version(); }

#endif

}  // namespace steq

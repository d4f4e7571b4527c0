// SPDX-License-Identifier: MIT
// The small interface behind which a matrix library works. Everything here runs on the calling thread, and passes may
// run on several threads at the same time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/core/sample_shape.hpp"
#include "sim/nn/pass.hpp"

namespace steq {

/// The linear map of a layer: y = W x + bias for each of n samples.
template <class T>
class LinearKernel {
 public:
  virtual ~LinearKernel() = default;
  virtual void reserve(const PassSizes& sizes) = 0;
  /// Rearranges the weights (layout of the layer's tensor) for the passes of that mode; keeps `bias`, which is null
  /// where the kernel was made without.
  virtual void set_weights(const T* weights, const T* bias, Mode mode) = 0;
  virtual void forward(std::size_t n, const T* x, T* y) = 0;
  virtual void backward_input(std::size_t n, const T* dy, T* dx) = 0;
};

/// A square-kernel convolution; activations are NHWC, weights OIHW.
struct ConvGeometry {
  SampleShape in, out;
  std::size_t kernel = 1, stride = 1;
  std::size_t pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;

  /// Stride 1 and one row of padding around, so that output and input have the same height and width.
  bool same_3x3() const {
    return kernel == 3 && stride == 1 && pad_top == 1 && pad_left == 1 && pad_bottom == 1 && pad_right == 1;
  }
  /// One pixel, stride 1, no padding: a matrix times every pixel.
  bool is_product() const { return kernel == 1 && stride == 1 && in.height == out.height && in.width == out.width; }
  std::size_t weights() const { return out.channels * in.channels * kernel * kernel; }
};

template <class T>
class ConvKernel : public LinearKernel<T> {
 public:
  /// Overwrites dw, or adds to it.
  virtual void backward_weights(std::size_t n, const T* x, const T* dy, T* dw, bool accumulate) = 0;
};

/// x [n, in], y [n, out], weights [out, in].
template <class T>
class DenseKernel : public LinearKernel<T> {
 public:
  /// Overwrites the columns [first, first + count) of dw, the only ones that x needs. Any n will do.
  virtual void backward_weights(std::size_t n, const T* x, const T* dy, std::size_t first, std::size_t count,
                                T* dw) = 0;
};

template <class T>
std::unique_ptr<ConvKernel<T>> make_conv_kernel(const ConvGeometry& geometry, bool bias);

template <class T>
std::unique_ptr<DenseKernel<T>> make_dense_kernel(std::size_t in, std::size_t out, bool bias);

/// Name and version of the library behind that precision, for the manifest.
std::string kernel_library(bool single_precision);

/// The instruction sets that the libraries behind both precisions use in this process, on which their rounding depends:
/// Eigen's was fixed when it was built, oneDNN chooses at run time (ONEDNN_MAX_CPU_ISA and the like change its choice).
std::string kernel_instructions();

/// True where a library plans by the sizes of the processor's caches, which may change the order of sums.
bool kernels_plan_by_caches();

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "sim/nn/kernels/kernels.hpp"

namespace steq {

/// Whether each of 16 neighbouring channels of a pixel was positive, bit by bit.
using Signs = std::uint16_t;
inline std::size_t signs_of(const SampleShape& images) { return images.size() / 16; }

/// A convolution, a relu and the mean over 2 x 2 pixels: y [n, height / 2, width / 2, channels] for an output of the
/// convolution of [n, height, width, channels], which is never written. Forward leaves in `signs` [n, height, width,
/// channels / 16], unless it is null, what the backward passes need of it.
template <class T>
class PooledConvKernel {
 public:
  virtual ~PooledConvKernel() = default;
  virtual void set_weights(const T* weights, const T* bias, Mode mode) = 0;
  virtual void forward(std::size_t n, const T* x, T* y, Signs* signs) = 0;
  virtual void backward_input(std::size_t n, const T* dy, const Signs* signs, T* dx) = 0;
  /// Overwrites dw and, unless it is null, dbias; or adds to them.
  virtual void backward_weights(std::size_t n, const T* x, const T* dy, const Signs* signs, T* dw, T* dbias,
                                bool accumulate) = 0;
};

/// Null where none applies: in double, in builds without AVX-512, for kernels other than 3 x 3 pixels with stride 1 and
/// one row of padding, for odd heights and widths, and unless the channels are up to 4 and a multiple of 16, or such
/// that Winograd's method takes them.
template <class T>
std::unique_ptr<PooledConvKernel<T>> make_pooled_conv_kernel(const ConvGeometry& geometry);

}  // namespace steq

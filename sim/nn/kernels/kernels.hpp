// SPDX-License-Identifier: MIT
// The small interface behind which a matrix library works. Everything here runs on the calling thread; a slot is a copy
// of scratch memory, so that calls with different slots may run at the same time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/nn/layer.hpp"

namespace steq {

/// A square-kernel convolution; activations are NHWC, weights OIHW.
struct ConvGeometry {
  Shape in, out;
  std::size_t kernel = 1, stride = 1;
  std::size_t pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;

  std::size_t weights() const { return out.channels * in.channels * kernel * kernel; }
};

template <class T>
class ConvKernel {
 public:
  virtual ~ConvKernel() = default;
  virtual void reserve(const PassPlan& plan) = 0;
  /// Rearranges the weights [out, in, kernel, kernel] for the passes of that mode.
  virtual void set_weights(const T* weights, Mode mode) = 0;
  virtual void forward(std::size_t n, const T* x, T* y, std::size_t slot) = 0;
  virtual void backward_input(std::size_t n, const T* dy, T* dx, std::size_t slot) = 0;
  /// Overwrites dw, or adds to it.
  virtual void backward_weights(std::size_t n, const T* x, const T* dy, T* dw, bool accumulate, std::size_t slot) = 0;
};

template <class T>
std::unique_ptr<ConvKernel<T>> make_conv_kernel(const ConvGeometry& geometry);

enum class Transpose { no, yes };

/// C = op(A) op(B), or C += op(A) op(B) with `accumulate`; row-major, op(A) [m, k], op(B) [k, n].
template <class T>
void multiply(Transpose a_transposed, Transpose b_transposed, std::size_t m, std::size_t n, std::size_t k, const T* a,
              const T* b, T* c, bool accumulate);

/// Name and version of the library behind that precision, for the manifest.
std::string kernel_library(bool single_precision);

}  // namespace steq

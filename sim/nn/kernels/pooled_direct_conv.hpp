// SPDX-License-Identifier: MIT
#pragma once

#ifdef __AVX512F__

#include "sim/nn/kernels/rectified_pool.hpp"
#include "sim/nn/kernels/scratch.hpp"

namespace steq {

/// Of few input channels, as the first layer of a network has them: sums of 9 products a channel, in registers.
class PooledDirectConv final : public PooledConvKernel<float> {
 public:
  static bool applies(const ConvGeometry& g) { return g.in.channels <= 4 && g.out.channels % 16 == 0; }

  explicit PooledDirectConv(const ConvGeometry& g) : g_(g), taps_(g.weights()) {}

  void set_weights(const float* weights, const float* bias, Mode) override {
    bias_ = bias;
    for (std::size_t o = 0; o < g_.out.channels; ++o)
      for (std::size_t k = 0; k < depth(); ++k) taps_[k * g_.out.channels + o] = weights[o * depth() + k];
  }

  void forward(std::size_t n, const float* x, float* y, Signs* signs) override;
  void backward_input(std::size_t n, const float* dy, const Signs* signs, float* dx) override;
  void backward_weights(std::size_t n, const float* x, const float* dy, const Signs* signs, float* dw, float* dbias,
                        bool accumulate) override;

 private:
  std::size_t depth() const { return 9 * g_.in.channels; }

  ConvGeometry g_;
  Buffer<float> taps_;  // [in, 3, 3, out]
  const float* bias_ = nullptr;
};

}  // namespace steq

#endif

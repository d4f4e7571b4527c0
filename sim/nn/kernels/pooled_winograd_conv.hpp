// SPDX-License-Identifier: MIT
#pragma once

#ifdef __AVX512F__

#include "sim/nn/kernels/winograd_products.hpp"

namespace steq {

/// Where winograd::applies, for even heights and widths.
class PooledWinogradConv final : public PooledConvKernel<float> {
 public:
  explicit PooledWinogradConv(const ConvGeometry& g)
      : in_(winograd::tiling(g.in)), out_(winograd::tiling(g.out)), weights_(in_.channels, out_.channels) {}

  void set_weights(const float* weights, const float* bias, Mode mode) override {
    bias_ = bias;
    weights_.set(weights, mode);
  }

  void forward(std::size_t n, const float* x, float* y, Signs* signs) override {
    convolve(n, in_, winograd::PlainImages{in_.grid(), x}, weights_.forward, bias_, out_,
             winograd::PooledTiles{{out_.grid(), y, signs}});
  }

  void backward_input(std::size_t n, const float* dy, const Signs* signs, float* dx) override {
    convolve(n, out_, UnpooledGradient{out_.grid(), dy, signs}, weights_.backward, nullptr, in_,
             winograd::PlainOutput{dx});
  }

  void backward_weights(std::size_t n, const float* x, const float* dy, const Signs* signs, float* dw, float* dbias,
                        bool accumulate) override {
    const UnpooledGradient gradient{out_.grid(), dy, signs};
    to_weight_gradient(winograd::gradient_points(n, in_, x, out_, gradient), dw, accumulate);
    if (dbias) add_bias_gradient(n * out_.height, gradient, dbias, accumulate);
  }

 private:
  winograd::Tiling in_, out_;
  winograd::BothDirections weights_;
  const float* bias_ = nullptr;
};

}  // namespace steq

#endif

// SPDX-License-Identifier: MIT
#pragma once

#include "sim/nn/layers/linear.hpp"

namespace steq::layers {

template <class T>
class Conv2d final : public Linear<T, ConvKernel<T>> {
 public:
  Conv2d(const ConvGeometry& g, const TensorInfo& weight, bool bias)
      : Linear<T, ConvKernel<T>>(g.out, weight, bias, make_conv_kernel<T>(g, bias)), geometry_(g) {}

  LayerTraits traits() const override { return {.by_strips = true, .pre_activations = true}; }
  const ConvGeometry& geometry() const { return geometry_; }

  void backward(const Pass<T>& pass) override {
    this->kernel_->backward_weights(pass.n, pass.x, pass.dy, pass.gradients[0], pass.accumulate);
    if (this->bias_) this->backward_bias(pass.n, pass.dy, pass.gradients[1], pass.accumulate);
    this->backward_input(pass);
  }

 private:
  ConvGeometry geometry_;
};

}  // namespace steq::layers

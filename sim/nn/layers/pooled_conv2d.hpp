// SPDX-License-Identifier: MIT
#pragma once

#include "sim/core/buffer.hpp"
#include "sim/nn/kernels/pooled_conv.hpp"
#include "sim/nn/layers/linear.hpp"

namespace steq::layers {

/// A convolution with a relu and the mean over 2 x 2 pixels behind it.
template <class T>
class PooledConv2d final : public Weighted<T, PooledConvKernel<T>> {
  using Base = Weighted<T, PooledConvKernel<T>>;

 public:
  PooledConv2d(const SampleShape& conv_out, TensorInfo weight, bool bias, std::unique_ptr<PooledConvKernel<T>> kernel)
      : Base({conv_out.channels, conv_out.height / 2, conv_out.width / 2}, std::move(weight), bias, std::move(kernel)),
        signs_of_sample_(signs_of(conv_out)) {}

  LayerTraits traits() const override { return {.by_strips = true}; }

  void reserve(const PassSizes& sizes) override { signs_ = Buffer<Signs>(sizes.samples * signs_of_sample_); }

  void forward(const Pass<T>& pass) override {
    this->kernel_->forward(pass.n, pass.x, pass.y, pass.mode == Mode::train ? signs(pass) : nullptr);
  }

  void backward(const Pass<T>& pass) override {
    T* const bias = this->bias_ ? pass.gradients[1] : nullptr;
    this->kernel_->backward_weights(pass.n, pass.x, pass.dy, signs(pass), pass.gradients[0], bias, pass.accumulate);
    if (pass.dx) this->kernel_->backward_input(pass.n, pass.dy, signs(pass), pass.dx);
  }

 private:
  Signs* signs(const Pass<T>& pass) { return signs_.data() + pass.first * signs_of_sample_; }

  std::size_t signs_of_sample_;
  Buffer<Signs> signs_;  // [samples, height, width, channels / 16]
};

}  // namespace steq::layers

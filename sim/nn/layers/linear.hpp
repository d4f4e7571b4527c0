// SPDX-License-Identifier: MIT
// What convolution and dense layers share: weights, perhaps a bias, and a kernel that applies them.
#pragma once

#include <algorithm>
#include <memory>

#include "sim/nn/kernels/kernels.hpp"
#include "sim/nn/layer.hpp"

namespace steq::layers {

template <class T, class Kernel>
class Weighted : public Layer<T> {
 public:
  /// `weight` is the tensor NAME.weight, its first dimension that of the output channels.
  Weighted(const SampleShape& out, TensorInfo weight, bool bias, std::unique_ptr<Kernel> kernel)
      : out_(out), weight_(std::move(weight)), bias_(bias), kernel_(std::move(kernel)) {}

  SampleShape output_shape() const override { return out_; }
  const TensorInfo& weight() const { return weight_; }
  bool has_bias() const { return bias_; }

  std::vector<TensorInfo> tensors() const override {
    if (!bias_) return {weight_};
    const std::string name = weight_.name.substr(0, weight_.name.rfind('.'));
    return {weight_,
            {name + ".bias", {out_.channels}, weight_.fan_in, Initialization::zeros, false, weight_.trainable}};
  }

  void prepare(const LayerArrays<T>& learner) override {
    kernel_->set_weights(learner.values[0], bias_ ? learner.values[1] : nullptr, learner.mode);
  }

 protected:
  SampleShape out_;
  TensorInfo weight_;
  bool bias_;
  std::unique_ptr<Kernel> kernel_;
};

/// Nothing but the linear map.
template <class T, class Kernel>
class Linear : public Weighted<T, Kernel> {
 public:
  using Weighted<T, Kernel>::Weighted;

  void reserve(const PassSizes& sizes) override { this->kernel_->reserve(sizes); }

  void forward(const Pass<T>& pass) override { this->kernel_->forward(pass.n, pass.x, pass.y); }

 protected:
  void backward_input(const Pass<T>& pass) const {
    if (pass.dx) this->kernel_->backward_input(pass.n, pass.dy, pass.dx);
  }

  /// Overwrites the bias's gradient, or adds to it.
  void backward_bias(std::size_t n, const T* dy, T* gradient, bool accumulate) const {
    const std::size_t channels = this->out_.channels, rows = n * this->out_.height * this->out_.width;
    if (!accumulate) std::fill_n(gradient, channels, T(0));
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t c = 0; c < channels; ++c) gradient[c] += dy[i * channels + c];
  }
};

}  // namespace steq::layers

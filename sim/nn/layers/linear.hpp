// SPDX-License-Identifier: MIT
// What convolution and dense layers share: weights, perhaps a bias, and a kernel that applies them.
#pragma once

#include <algorithm>

#include "sim/nn/graph_builder.hpp"
#include "sim/nn/kernels/kernels.hpp"

namespace steq::layers {

template <class T>
class Linear final : public Layer<T> {
 public:
  /// `weight` is the tensor NAME.weight, its first dimension that of the output channels.
  Linear(const Shape& out, TensorInfo weight, bool bias, std::unique_ptr<LinearKernel<T>> kernel)
      : out_(out), weight_(std::move(weight)), bias_(bias), kernel_(std::move(kernel)) {}

  Shape output_shape() const override { return out_; }
  /// A dense layer reads all of its weights in each pass, however few samples come.
  bool by_strips() const override { return weight_.dims.size() > 2; }

  std::vector<TensorInfo> tensors() const override {
    if (!bias_) return {weight_};
    const std::string name = weight_.name.substr(0, weight_.name.rfind('.'));
    return {weight_, {name + ".bias", {out_.channels}, weight_.fan_in, Initialization::zeros, false}};
  }

  void reserve(const PassPlan& plan) override { kernel_->reserve(plan); }

  void prepare(std::span<const T* const> values, std::span<T* const>, Mode mode) override {
    kernel_->set_weights(values[0], bias_ ? values[1] : nullptr, mode);
  }

  void forward(const Pass<T>& pass) override { kernel_->forward(pass.n, pass.x, pass.y, pass.slot); }

  void backward(const Pass<T>& pass) override {
    kernel_->backward_weights(pass.n, pass.x, pass.dy, pass.gradients[0], pass.accumulate, pass.slot);
    if (bias_) add_bias_gradient(pass);
    if (pass.dx) kernel_->backward_input(pass.n, pass.dy, pass.dx, pass.slot);
  }

 private:
  void add_bias_gradient(const Pass<T>& pass) const {
    const std::size_t channels = out_.channels, rows = pass.n * out_.height * out_.width;
    T* gradient = pass.gradients[1];
    if (!pass.accumulate) std::fill_n(gradient, channels, T(0));
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t c = 0; c < channels; ++c) gradient[c] += pass.dy[i * channels + c];
  }

  Shape out_;
  TensorInfo weight_;
  bool bias_;
  std::unique_ptr<LinearKernel<T>> kernel_;
};

}  // namespace steq::layers

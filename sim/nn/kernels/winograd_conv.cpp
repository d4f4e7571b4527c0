// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/winograd_conv.hpp"

#include "sim/nn/kernels/winograd_products.hpp"

namespace steq {

#ifdef __AVX512F__

namespace {

using namespace winograd;

class WinogradConv final : public ConvKernel<float> {
 public:
  explicit WinogradConv(const ConvGeometry& g)
      : in_(tiling(g.in)), out_(tiling(g.out)), weights_(in_.channels, out_.channels) {}

  void reserve(const PassSizes&) override {}

  void set_weights(const float* weights, const float* bias, Mode mode) override {
    bias_ = bias;
    weights_.set(weights, mode);
  }

  void forward(std::size_t n, const float* x, float* y) override {
    convolve(n, in_, PlainImages{in_.grid(), x}, weights_.forward, bias_, out_, PlainOutput{y});
  }

  void backward_input(std::size_t n, const float* dy, float* dx) override {
    convolve(n, out_, PlainImages{out_.grid(), dy}, weights_.backward, nullptr, in_, PlainOutput{dx});
  }

  void backward_weights(std::size_t n, const float* x, const float* dy, float* dw, bool accumulate) override {
    to_weight_gradient(gradient_points(n, in_, x, out_, PlainImages{out_.grid(), dy}), dw, accumulate);
  }

 private:
  Tiling in_, out_;
  BothDirections weights_;
  const float* bias_ = nullptr;
};

}  // namespace

std::unique_ptr<ConvKernel<float>> make_winograd_conv(const ConvGeometry& geometry) {
  return applies(geometry) ? std::make_unique<WinogradConv>(geometry) : nullptr;
}

#else

std::unique_ptr<ConvKernel<float>> make_winograd_conv(const ConvGeometry&) { return nullptr; }

#endif

}  // namespace steq

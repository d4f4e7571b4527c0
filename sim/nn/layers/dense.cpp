// SPDX-License-Identifier: MIT
#include <algorithm>

#include "sim/nn/graph_builder.hpp"
#include "sim/nn/kernels/kernels.hpp"

namespace steq::layers {
namespace {

template <class T>
class Dense final : public Layer<T> {
 public:
  Dense(std::size_t in, std::size_t out, std::string name, bool bias, bool quantize)
      : in_(in), out_(out), name_(std::move(name)), bias_(bias), quantize_(quantize) {}

  Shape output_shape() const override { return {out_, 1, 1}; }

  std::vector<TensorInfo> tensors() const override {
    std::vector<TensorInfo> infos{{name_ + ".weight", {out_, in_}, in_, Initialization::he_uniform, quantize_}};
    if (bias_) infos.push_back({name_ + ".bias", {out_}, in_, Initialization::zeros, false});
    return infos;
  }

  void prepare(std::span<const T* const> values, std::span<T* const>, Mode) override {
    weights_ = values[0];
    bias_values_ = bias_ ? values[1] : nullptr;
  }

  void forward(const Pass<T>& pass) override {
    for (std::size_t i = 0; bias_ && i < pass.n; ++i) std::copy_n(bias_values_, out_, pass.y + i * out_);
    multiply(Transpose::no, Transpose::yes, pass.n, out_, in_, pass.x, weights_, pass.y, bias_);
  }

  void backward(const Pass<T>& pass) override {
    multiply<T>(Transpose::yes, Transpose::no, out_, in_, pass.n, pass.dy, pass.x, pass.gradients[0], pass.accumulate);
    if (bias_) add_bias_gradient(pass);
    if (pass.dx) multiply<T>(Transpose::no, Transpose::no, pass.n, in_, out_, pass.dy, weights_, pass.dx, false);
  }

 private:
  void add_bias_gradient(const Pass<T>& pass) const {
    T* gradient = pass.gradients[1];
    if (!pass.accumulate) std::fill_n(gradient, out_, T(0));
    for (std::size_t i = 0; i < pass.n; ++i)
      for (std::size_t o = 0; o < out_; ++o) gradient[o] += pass.dy[i * out_ + o];
  }

  std::size_t in_, out_;
  std::string name_;
  bool bias_, quantize_;
  const T* weights_ = nullptr;
  const T* bias_values_ = nullptr;
};

template <class T>
void build(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
  const Shape& in = builder.shape();
  if (in.height * in.width != 1)
    throw InputError(
        builder.place(),
        fmt::format("a dense layer takes flat input, but its input is {} x {} x {}; put a flatten before it",
                    in.channels, in.height, in.width));
  builder.append(std::make_unique<Dense<T>>(in.channels, static_cast<std::size_t>(p.integer("out")), p.text("name"),
                                            p.boolean("bias"), p.boolean("quantize")));
}

}  // namespace

LayerRegistry::Entry dense() {
  return layer_entry({.name = "dense",
                      .summary = "Fully connected layer.",
                      .formula = "y[o] = bias[o] + sum_i weight[o, i] x[i]",
                      .citation = "",
                      .parameters = {name_parameter(), size_parameter("out", std::nullopt, "output features"),
                                     flag_parameter("bias", true, "add a bias to each output"),
                                     flag_parameter("quantize", false, "quantize the weights (never the bias)")}},
                     [](const Parameters& p, const LayerSpec& spec, auto& builder) { build(p, spec, builder); });
}

}  // namespace steq::layers

// SPDX-License-Identifier: MIT
#include "sim/core/buffer.hpp"
#include "sim/nn/batch_plan.hpp"
#include "sim/nn/graph_builder.hpp"
#include "sim/nn/layers/linear.hpp"
#include "sim/nn/layers/weight_start.hpp"

namespace steq::layers {
namespace {

/// Its weights are many and its inputs few: their gradient is one product for the whole batch.
template <class T>
class Dense final : public Linear<T, DenseKernel<T>> {
  using Base = Linear<T, DenseKernel<T>>;

 public:
  using Base::Base;

  LayerTraits traits() const override {
    return {.pre_activations = true, .batch_pieces = (in() + kDenseColumns - 1) / kDenseColumns};
  }

  void reserve(const PassSizes& sizes) override {
    Base::reserve(sizes);
    samples_ = sizes.samples;
    x_ = Buffer<T>(samples_ * in());
    dy_ = Buffer<T>(samples_ * out());
  }

  void backward(const Pass<T>& pass) override {
    std::copy_n(pass.x, pass.n * in(), x_.data() + pass.first * in());
    std::copy_n(pass.dy, pass.n * out(), dy_.data() + pass.first * out());
    this->backward_input(pass);
  }

  void backward_batch(std::size_t piece, std::span<T* const> gradients) override {
    const std::size_t first = piece * kDenseColumns, count = std::min(kDenseColumns, in() - first);
    this->kernel_->backward_weights(samples_, x_.data(), dy_.data(), first, count, gradients[0]);
    if (piece == 0 && this->bias_) this->backward_bias(samples_, dy_.data(), gradients[1], false);
  }

 private:
  std::size_t in() const { return this->weight_.dims[1]; }
  std::size_t out() const { return this->weight_.dims[0]; }

  std::size_t samples_ = 0;
  Buffer<T> x_, dy_;  // [samples, in], [samples, out]
};

template <class T>
void build_dense(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
  const SampleShape& in = builder.shape();
  if (in.height * in.width != 1)
    throw InputError(
        builder.place(),
        fmt::format("a dense layer takes flat input, but its input is {} x {} x {}; put a flatten before it",
                    in.channels, in.height, in.width));
  const auto out = static_cast<std::size_t>(p.integer("out"));
  if (p.text("initial") == "class-blocks" && in.channels % out != 0)
    throw InputError(builder.place() + ".initial",
                     fmt::format("\"class-blocks\" is not allowed with {} inputs and out {}; allowed where out divides "
                                 "the inputs into blocks of one size",
                                 in.channels, out));
  const bool bias = p.boolean("bias");
  TensorInfo weight{.name = p.text("name") + ".weight",
                    .dims = {out, in.channels},
                    .fan_in = in.channels,
                    .quantize = p.boolean("quantize"),
                    .trainable = p.boolean("trainable")};
  set_start(p, builder.place(), weight);
  builder.append(
      std::make_unique<Dense<T>>(SampleShape{out, 1, 1}, weight, bias, make_dense_kernel<T>(in.channels, out, bias)));
}

std::vector<ParameterInfo> dense_parameters() {
  std::vector<ParameterInfo> all{name_parameter(), size_parameter("out", std::nullopt, "output features"),
                                 flag_parameter("bias", true, "add a bias to each output"),
                                 flag_parameter("quantize", false, "quantize the weights (never the bias)"),
                                 trainable_parameter()};
  const auto start =
      start_parameters({"class-blocks"}, "; class-blocks: 1/2 from each output's own block of inputs, else 0");
  all.insert(all.end(), start.begin(), start.end());
  return all;
}

}  // namespace

LayerRegistry::Entry dense() {
  return layer_entry({.name = "dense",
                      .summary = "Fully connected layer.",
                      .formula = "y[o] = bias[o] + sum_i weight[o, i] x[i]",
                      .citation = "",
                      .parameters = dense_parameters()},
                     [](const Parameters& p, const LayerSpec& spec, auto& builder) { build_dense(p, spec, builder); });
}

}  // namespace steq::layers

// SPDX-License-Identifier: MIT
#include "sim/nn/layers/linear.hpp"

namespace steq::layers {
namespace {

template <class T>
void build(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
  const Shape& in = builder.shape();
  if (in.height * in.width != 1)
    throw InputError(
        builder.place(),
        fmt::format("a dense layer takes flat input, but its input is {} x {} x {}; put a flatten before it",
                    in.channels, in.height, in.width));
  const auto out = static_cast<std::size_t>(p.integer("out"));
  const bool bias = p.boolean("bias");
  const TensorInfo weight{
      p.text("name") + ".weight", {out, in.channels}, in.channels, Initialization::he_uniform, p.boolean("quantize")};
  builder.append(
      std::make_unique<Linear<T>>(Shape{out, 1, 1}, weight, bias, make_dense_kernel<T>(in.channels, out, bias)));
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

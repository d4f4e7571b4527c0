// SPDX-License-Identifier: MIT
#include "sim/nn/layers/conv2d.hpp"

#include "sim/nn/graph_builder.hpp"
#include "sim/nn/layers/weight_start.hpp"

namespace steq::layers {
namespace {

struct Padding {
  std::size_t before = 0, after = 0;
};

/// "same": output = ceil(input / stride), the odd row of padding at the end. "valid": none.
Padding resolve_padding(const Parameters& p, std::size_t input, std::size_t kernel, std::size_t stride) {
  if (!p.is_word("padding")) {
    const auto padding = static_cast<std::size_t>(p.integer("padding"));
    return {padding, padding};
  }
  if (p.text("padding") == "valid") return {};
  const std::size_t covered = ((input + stride - 1) / stride - 1) * stride + kernel;
  const std::size_t total = covered > input ? covered - input : 0;
  return {total / 2, total - total / 2};
}

ConvGeometry geometry_of(const Parameters& p, const SampleShape& in, const std::string& place) {
  ConvGeometry g{.in = in,
                 .out = {},
                 .kernel = static_cast<std::size_t>(p.integer("kernel")),
                 .stride = static_cast<std::size_t>(p.integer("stride"))};
  const Padding rows = resolve_padding(p, in.height, g.kernel, g.stride);
  const Padding columns = resolve_padding(p, in.width, g.kernel, g.stride);
  g.pad_top = rows.before, g.pad_bottom = rows.after, g.pad_left = columns.before, g.pad_right = columns.after;
  const std::size_t height = in.height + rows.before + rows.after, width = in.width + columns.before + columns.after;
  if (height < g.kernel || width < g.kernel)
    throw InputError(place + ".kernel",
                     fmt::format("{} is larger than the padded input of {} x {}", g.kernel, height, width));
  g.out = {static_cast<std::size_t>(p.integer("out")), (height - g.kernel) / g.stride + 1,
           (width - g.kernel) / g.stride + 1};
  return g;
}

template <class T>
void build_conv2d(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
  const ConvGeometry g = geometry_of(p, builder.shape(), builder.place());
  const bool bias = p.boolean("bias");
  TensorInfo weight{.name = p.text("name") + ".weight",
                    .dims = {g.out.channels, g.in.channels, g.kernel, g.kernel},
                    .fan_in = g.in.channels * g.kernel * g.kernel,
                    .quantize = p.boolean("quantize"),
                    .trainable = p.boolean("trainable")};
  set_start(p, builder.place(), weight);
  builder.append(std::make_unique<Conv2d<T>>(g, weight, bias));
}

std::vector<ParameterInfo> conv2d_parameters() {
  std::vector<ParameterInfo> all{name_parameter(),
                                 size_parameter("out", std::nullopt, "output channels"),
                                 size_parameter("kernel", std::nullopt, "rows and columns of the kernel"),
                                 size_parameter("stride", 1, "pixels from one output to the next"),
                                 {.name = "padding",
                                  .kind = Kind::integer,
                                  .fallback = Value(std::int64_t{0}),
                                  .meaning = "zeros on each side; same: output = ceil(input / stride); valid: none",
                                  .min = 0,
                                  .max = 1024,
                                  .words = {"same", "valid"}},
                                 flag_parameter("bias", true, "add a bias to each output channel"),
                                 flag_parameter("quantize", false, "quantize the weights (never the bias)"),
                                 trainable_parameter()};
  const auto start = start_parameters();
  all.insert(all.end(), start.begin(), start.end());
  return all;
}

}  // namespace

LayerRegistry::Entry conv2d() {
  return layer_entry(
      {.name = "conv2d",
       .summary = "Two-dimensional convolution with a square kernel.",
       .formula =
           "y[o] = bias[o] + sum_{c, i, j} weight[o, c, i, j] x[c, stride r + i - padding, stride s + j - padding]",
       .citation = "",
       .parameters = conv2d_parameters()},
      [](const Parameters& p, const LayerSpec& spec, auto& builder) { build_conv2d(p, spec, builder); });
}

}  // namespace steq::layers

// SPDX-License-Identifier: MIT
#include <algorithm>

#include "sim/nn/graph_builder.hpp"
#include "sim/nn/kernels/kernels.hpp"

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

ConvGeometry geometry_of(const Parameters& p, const Shape& in, const std::string& place) {
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
class Conv2d final : public Layer<T> {
 public:
  Conv2d(const ConvGeometry& geometry, std::string name, bool bias, bool quantize)
      : g_(geometry),
        name_(std::move(name)),
        bias_(bias),
        quantize_(quantize),
        kernel_(make_conv_kernel<T>(geometry)) {}

  Shape output_shape() const override { return g_.out; }

  std::vector<TensorInfo> tensors() const override {
    const std::size_t fan_in = g_.in.channels * g_.kernel * g_.kernel;
    std::vector<TensorInfo> infos{{name_ + ".weight",
                                   {g_.out.channels, g_.in.channels, g_.kernel, g_.kernel},
                                   fan_in,
                                   Initialization::he_uniform,
                                   quantize_}};
    if (bias_) infos.push_back({name_ + ".bias", {g_.out.channels}, fan_in, Initialization::zeros, false});
    return infos;
  }

  void reserve(const PassPlan& plan) override { kernel_->reserve(plan); }

  void prepare(std::span<const T* const> values, std::span<T* const>, Mode mode) override {
    kernel_->set_weights(values[0], mode);
    bias_values_ = bias_ ? values[1] : nullptr;
  }

  void forward(const Pass<T>& pass) override {
    kernel_->forward(pass.n, pass.x, pass.y, pass.slot);
    if (!bias_) return;
    for (std::size_t i = 0; i < pass.n * pixels(); ++i)
      for (std::size_t c = 0; c < g_.out.channels; ++c) pass.y[i * g_.out.channels + c] += bias_values_[c];
  }

  void backward(const Pass<T>& pass) override {
    kernel_->backward_weights(pass.n, pass.x, pass.dy, pass.gradients[0], pass.accumulate, pass.slot);
    if (bias_) add_bias_gradient(pass);
    if (pass.dx) kernel_->backward_input(pass.n, pass.dy, pass.dx, pass.slot);
  }

 private:
  std::size_t pixels() const { return g_.out.height * g_.out.width; }

  void add_bias_gradient(const Pass<T>& pass) const {
    T* gradient = pass.gradients[1];
    if (!pass.accumulate) std::fill_n(gradient, g_.out.channels, T(0));
    for (std::size_t i = 0; i < pass.n * pixels(); ++i)
      for (std::size_t c = 0; c < g_.out.channels; ++c) gradient[c] += pass.dy[i * g_.out.channels + c];
  }

  ConvGeometry g_;
  std::string name_;
  bool bias_, quantize_;
  std::unique_ptr<ConvKernel<T>> kernel_;
  const T* bias_values_ = nullptr;
};

template <class T>
void build(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
  const ConvGeometry geometry = geometry_of(p, builder.shape(), builder.place());
  builder.append(std::make_unique<Conv2d<T>>(geometry, p.text("name"), p.boolean("bias"), p.boolean("quantize")));
}

}  // namespace

LayerRegistry::Entry conv2d() {
  return layer_entry(
      {.name = "conv2d",
       .summary = "Two-dimensional convolution with a square kernel.",
       .formula =
           "y[o] = bias[o] + sum_{c, i, j} weight[o, c, i, j] x[c, stride r + i - padding, stride s + j - padding]",
       .citation = "",
       .parameters = {name_parameter(),
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
                      flag_parameter("quantize", false, "quantize the weights (never the bias)")}},
      [](const Parameters& p, const LayerSpec& spec, auto& builder) { build(p, spec, builder); });
}

}  // namespace steq::layers

// SPDX-License-Identifier: MIT
#ifdef STEQ_ONEDNN

#include <map>

#include "sim/nn/kernels/float_library.hpp"
#include "sim/nn/kernels/onednn.hpp"

namespace steq {
namespace {

using namespace onednn;
using Tag = memory::format_tag;

memory::desc activation(const Shape& s, std::size_t n) {
  return desc({dim(n), dim(s.channels), dim(s.height), dim(s.width)}, Tag::nhwc);
}
memory::dims weight_dims(const ConvGeometry& g) {
  return {dim(g.out.channels), dim(g.in.channels), dim(g.kernel), dim(g.kernel)};
}

/// The primitives of one convolution for tiles of n samples.
struct TilePrimitives {
  using Forward = dnnl::convolution_forward;
  using Input = dnnl::convolution_backward_data;
  using Weights = dnnl::convolution_backward_weights;

  memory::desc x, y, bias;
  Forward::primitive_desc forward_desc;
  Input::primitive_desc input_desc;
  Weights::primitive_desc weights_desc;
  Forward forward;
  Input input;
  Weights weights;
  dnnl::reorder unpack_gradient;
  const float *forward_weights = nullptr, *input_weights = nullptr;

  TilePrimitives(const ConvGeometry& g, bool with_bias, std::size_t n)
      : x(activation(g.in, n)), y(activation(g.out, n)), bias(desc({dim(g.out.channels)}, Tag::x)) {
    const OneThread one;
    const memory::desc any = desc(weight_dims(g), Tag::any), none;
    const memory::dims stride{dim(g.stride), dim(g.stride)}, before{dim(g.pad_top), dim(g.pad_left)},
        after{dim(g.pad_bottom), dim(g.pad_right)};
    const auto direct = dnnl::algorithm::convolution_direct;
    const auto training = dnnl::prop_kind::forward_training;
    forward_desc = {
        {training, direct, x, any, with_bias ? bias : none, y, stride, before, after}, own_scratchpad(), engine()};
    input_desc = {{direct, x, any, y, stride, before, after}, own_scratchpad(), engine(), forward_desc};
    weights_desc = {{direct, x, any, y, stride, before, after}, own_scratchpad(), engine(), forward_desc};
    forward = Forward(forward_desc);
    input = Input(input_desc);
    weights = Weights(weights_desc);
    unpack_gradient = reorder(weights_desc.diff_weights_desc(), desc(weight_dims(g), Tag::oihw));
  }

  std::size_t scratch_floats() const {
    return std::max({floats(forward_desc.scratchpad_desc()), floats(input_desc.scratchpad_desc()),
                     floats(weights_desc.scratchpad_desc())});
  }
};

class OnednnConv final : public LinearKernel<float> {
 public:
  OnednnConv(const ConvGeometry& geometry, bool bias)
      : g_(geometry), with_bias_(bias), plain_(desc(weight_dims(geometry), Tag::oihw)) {}

  void reserve(const PassPlan& plan) override {
    std::size_t scratch = 0, gradient = 0;
    plan.for_each_size([&](std::size_t n, bool training) {
      TilePrimitives& p = tiles_.try_emplace(n, g_, with_bias_, n).first->second;
      p.forward_weights = packed_.reserve(plain_, p.forward_desc.weights_desc(), training);
      if (training) p.input_weights = packed_.reserve(plain_, p.input_desc.weights_desc(), true);
      scratch = std::max(scratch, p.scratch_floats());
      gradient = std::max(gradient, floats(p.weights_desc.diff_weights_desc()));
    });
    for (std::size_t s = 0; s < plan.slots; ++s)
      slots_.push_back(
          {dnnl::stream(engine()), Buffer<float>(scratch), Buffer<float>(gradient), Buffer<float>(g_.weights())});
  }

  void set_weights(const float* weights, const float* bias, Mode mode) override {
    bias_ = bias;
    packed_.pack(plain_, weights, mode == Mode::train);
  }

  void forward(std::size_t n, const float* x, float* y, std::size_t slot) override {
    TilePrimitives& p = tiles_.at(n);
    Slot& s = slots_[slot];
    p.forward.execute(s.stream, {{DNNL_ARG_SRC, bind(p.x, x)},
                                 {DNNL_ARG_WEIGHTS, bind(p.forward_desc.weights_desc(), p.forward_weights)},
                                 {DNNL_ARG_BIAS, bind(p.forward_desc.bias_desc(), bias_)},
                                 {DNNL_ARG_DST, bind(p.y, y)},
                                 {DNNL_ARG_SCRATCHPAD, bind(p.forward_desc.scratchpad_desc(), s.scratch.data())}});
  }

  void backward_input(std::size_t n, const float* dy, float* dx, std::size_t slot) override {
    TilePrimitives& p = tiles_.at(n);
    Slot& s = slots_[slot];
    p.input.execute(s.stream, {{DNNL_ARG_DIFF_DST, bind(p.y, dy)},
                               {DNNL_ARG_WEIGHTS, bind(p.input_desc.weights_desc(), p.input_weights)},
                               {DNNL_ARG_DIFF_SRC, bind(p.x, dx)},
                               {DNNL_ARG_SCRATCHPAD, bind(p.input_desc.scratchpad_desc(), s.scratch.data())}});
  }

  void backward_weights(std::size_t n, const float* x, const float* dy, float* dw, bool accumulate,
                        std::size_t slot) override {
    TilePrimitives& p = tiles_.at(n);
    Slot& s = slots_[slot];
    const memory::desc packed = p.weights_desc.diff_weights_desc();
    p.weights.execute(s.stream, {{DNNL_ARG_SRC, bind(p.x, x)},
                                 {DNNL_ARG_DIFF_DST, bind(p.y, dy)},
                                 {DNNL_ARG_DIFF_WEIGHTS, bind(packed, s.gradient.data())},
                                 {DNNL_ARG_SCRATCHPAD, bind(p.weights_desc.scratchpad_desc(), s.scratch.data())}});
    memory from = bind(packed, s.gradient.data()), to = bind(plain_, accumulate ? s.plain.data() : dw);
    p.unpack_gradient.execute(s.stream, from, to);
    if (!accumulate) return;
    for (std::size_t i = 0; i < g_.weights(); ++i) dw[i] += s.plain[i];
  }

 private:
  struct Slot {
    dnnl::stream stream;
    Buffer<float> scratch;
    Buffer<float> gradient;  // in oneDNN's layout
    Buffer<float> plain;     // OIHW
  };

  ConvGeometry g_;
  bool with_bias_;
  memory::desc plain_;
  PackedWeights packed_;
  const float* bias_ = nullptr;
  std::map<std::size_t, TilePrimitives> tiles_;
  std::vector<Slot> slots_;
};

}  // namespace

std::unique_ptr<LinearKernel<float>> make_direct_conv(const ConvGeometry& geometry, bool bias) {
  return std::make_unique<OnednnConv>(geometry, bias);
}

}  // namespace steq

#endif

// SPDX-License-Identifier: MIT
#ifdef STEQ_ONEDNN

#include <map>

#include "sim/nn/kernels/float_library.hpp"
#include "sim/nn/kernels/onednn.hpp"

namespace steq {
namespace {

using namespace onednn;
using Tag = memory::format_tag;

memory::desc activation(const SampleShape& s, std::size_t n) {
  return desc({dim(n), dim(s.channels), dim(s.height), dim(s.width)}, Tag::nhwc);
}
memory::dims weight_dims(const ConvGeometry& g) {
  return {dim(g.out.channels), dim(g.in.channels), dim(g.kernel), dim(g.kernel)};
}

/// The primitives of one convolution for n samples at once.
struct SizedPrimitives {
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
  dnnl::reorder unpack_gradient, add_gradient;
  const float *forward_weights = nullptr, *input_weights = nullptr;

  SizedPrimitives(const ConvGeometry& g, bool with_bias, std::size_t n)
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
    add_gradient = reorder(weights_desc.diff_weights_desc(), desc(weight_dims(g), Tag::oihw), true);
  }
};

class OnednnConv final : public ConvKernel<float> {
 public:
  OnednnConv(const ConvGeometry& geometry, bool bias)
      : g_(geometry), with_bias_(bias), plain_(desc(weight_dims(geometry), Tag::oihw)) {}

  void reserve(const PassSizes& sizes) override {
    sizes.for_each([&](std::size_t n, bool training) {
      SizedPrimitives& p = by_size_.try_emplace(n, g_, with_bias_, n).first->second;
      p.forward_weights = packed_.reserve(plain_, p.forward_desc.weights_desc(), training);
      if (training) p.input_weights = packed_.reserve(plain_, p.input_desc.weights_desc(), true);
    });
  }

  void set_weights(const float* weights, const float* bias, Mode mode) override {
    bias_ = bias;
    packed_.pack(plain_, weights, mode == Mode::train);
  }

  void forward(std::size_t n, const float* x, float* y) override {
    SizedPrimitives& p = by_size_.at(n);
    p.forward.execute(stream(), {{DNNL_ARG_SRC, bind(p.x, x)},
                                 {DNNL_ARG_WEIGHTS, bind(p.forward_desc.weights_desc(), p.forward_weights)},
                                 {DNNL_ARG_BIAS, bind(p.forward_desc.bias_desc(), bias_)},
                                 {DNNL_ARG_DST, bind(p.y, y)},
                                 {DNNL_ARG_SCRATCHPAD, bind_scratch(p.forward_desc.scratchpad_desc())}});
  }

  void backward_input(std::size_t n, const float* dy, float* dx) override {
    SizedPrimitives& p = by_size_.at(n);
    p.input.execute(stream(), {{DNNL_ARG_DIFF_DST, bind(p.y, dy)},
                               {DNNL_ARG_WEIGHTS, bind(p.input_desc.weights_desc(), p.input_weights)},
                               {DNNL_ARG_DIFF_SRC, bind(p.x, dx)},
                               {DNNL_ARG_SCRATCHPAD, bind_scratch(p.input_desc.scratchpad_desc())}});
  }

  void backward_weights(std::size_t n, const float* x, const float* dy, float* dw, bool accumulate) override {
    const memory::dim in = dim(g_.in.channels), out = dim(g_.out.channels);
    if (g_.is_product()) {  // faster from plain arrays than in the layout that the convolution would like
      dnnl_sgemm('T', 'N', out, in, dim(n * g_.out.height * g_.out.width), 1, dy, out, x, in, accumulate ? 1 : 0, dw,
                 in);
      return;
    }
    SizedPrimitives& p = by_size_.at(n);
    const memory::desc packed = p.weights_desc.diff_weights_desc();
    memory gradient = bind(packed, scratch<float>(Use::gradient, floats(packed))), plain = bind(plain_, dw);
    p.weights.execute(stream(), {{DNNL_ARG_SRC, bind(p.x, x)},
                                 {DNNL_ARG_DIFF_DST, bind(p.y, dy)},
                                 {DNNL_ARG_DIFF_WEIGHTS, gradient},
                                 {DNNL_ARG_SCRATCHPAD, bind_scratch(p.weights_desc.scratchpad_desc())}});
    (accumulate ? p.add_gradient : p.unpack_gradient).execute(stream(), gradient, plain);
  }

 private:
  ConvGeometry g_;
  bool with_bias_;
  memory::desc plain_;
  PackedWeights packed_;
  const float* bias_ = nullptr;
  std::map<std::size_t, SizedPrimitives> by_size_;
};

}  // namespace

std::unique_ptr<ConvKernel<float>> make_direct_conv(const ConvGeometry& geometry, bool bias) {
  return std::make_unique<OnednnConv>(geometry, bias);
}

}  // namespace steq

#endif

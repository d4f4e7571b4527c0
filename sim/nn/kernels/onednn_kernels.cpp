// SPDX-License-Identifier: MIT
// Float kernels on oneDNN. Primitives are made while OpenMP has one thread, so that no summation order depends on the
// number of threads; scratch memory belongs to the slots.
#ifdef STEQ_ONEDNN

#include <fmt/format.h>
#include <omp.h>

#include <dnnl.hpp>
#include <map>

#include "sim/core/buffer.hpp"
#include "sim/nn/kernels/kernels.hpp"

namespace steq {

std::string eigen_version();

namespace {

using dnnl::memory;

/// Makes oneDNN plan for one thread while it lives.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

const dnnl::engine& engine() {
  static const dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
  return cpu;
}

dnnl::primitive_attr own_scratchpad() {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

memory::dim dim(std::size_t x) { return static_cast<memory::dim>(x); }
std::size_t floats(const memory::desc& d) { return (d.get_size() + sizeof(float) - 1) / sizeof(float); }
memory bind(const memory::desc& d, const float* data) { return {d, engine(), const_cast<float*>(data)}; }

memory::desc activation(const Shape& s, std::size_t n) {
  return {{dim(n), dim(s.channels), dim(s.height), dim(s.width)}, memory::data_type::f32, memory::format_tag::nhwc};
}
memory::desc weights_desc(const ConvGeometry& g, memory::format_tag tag) {
  return {{dim(g.out.channels), dim(g.in.channels), dim(g.kernel), dim(g.kernel)}, memory::data_type::f32, tag};
}

/// The primitives of one convolution for tiles of n samples, with the rearranged weights that they want.
struct TilePrimitives {
  using Forward = dnnl::convolution_forward;
  using Input = dnnl::convolution_backward_data;
  using Weights = dnnl::convolution_backward_weights;

  memory::desc x, y, plain;
  Forward::primitive_desc forward_desc;
  Input::primitive_desc input_desc;
  Weights::primitive_desc weights_desc_;
  Forward forward;
  Input input;
  Weights weights;
  dnnl::reorder pack_forward, pack_input, unpack_gradient;
  Buffer<float> forward_weights, input_weights;

  TilePrimitives(const ConvGeometry& g, std::size_t n) : x(activation(g.in, n)), y(activation(g.out, n)) {
    const OneThread one;
    plain = weights_desc(g, memory::format_tag::oihw);
    const memory::desc any = weights_desc(g, memory::format_tag::any);
    const memory::dims stride{dim(g.stride), dim(g.stride)}, before{dim(g.pad_top), dim(g.pad_left)},
        after{dim(g.pad_bottom), dim(g.pad_right)};
    const auto direct = dnnl::algorithm::convolution_direct;
    forward_desc = {
        {dnnl::prop_kind::forward_training, direct, x, any, y, stride, before, after}, own_scratchpad(), engine()};
    input_desc = {{direct, x, any, y, stride, before, after}, own_scratchpad(), engine(), forward_desc};
    weights_desc_ = {{direct, x, any, y, stride, before, after}, own_scratchpad(), engine(), forward_desc};
    forward = Forward(forward_desc);
    input = Input(input_desc);
    weights = Weights(weights_desc_);
    pack_forward = reorder(plain, forward_desc.weights_desc());
    pack_input = reorder(plain, input_desc.weights_desc());
    unpack_gradient = reorder(weights_desc_.diff_weights_desc(), plain);
    forward_weights = Buffer<float>(floats(forward_desc.weights_desc()));
    input_weights = Buffer<float>(floats(input_desc.weights_desc()));
  }

  static dnnl::reorder reorder(const memory::desc& from, const memory::desc& to) {
    return {dnnl::reorder::primitive_desc(engine(), from, engine(), to)};
  }

  std::size_t scratch_floats() const {
    return std::max({floats(forward_desc.scratchpad_desc()), floats(input_desc.scratchpad_desc()),
                     floats(weights_desc_.scratchpad_desc())});
  }
};

class OnednnConv final : public ConvKernel<float> {
 public:
  explicit OnednnConv(const ConvGeometry& geometry) : g_(geometry) {}

  void reserve(const PassPlan& plan) override {
    plan_ = plan;
    std::size_t scratch = 0, gradient = 0;
    for (const auto& sizes : {plan.training_sizes, plan.evaluation_sizes})
      for (const std::size_t n : sizes) {
        const TilePrimitives& p = tiles_.try_emplace(n, g_, n).first->second;
        scratch = std::max(scratch, p.scratch_floats());
        gradient = std::max(gradient, floats(p.weights_desc_.diff_weights_desc()));
      }
    for (std::size_t s = 0; s < plan.slots; ++s)
      slots_.push_back(
          {dnnl::stream(engine()), Buffer<float>(scratch), Buffer<float>(gradient), Buffer<float>(g_.weights())});
  }

  void set_weights(const float* weights, Mode mode) override {
    dnnl::stream stream(engine());
    const OneThread one;
    for (const std::size_t n : mode == Mode::train ? plan_.training_sizes : plan_.evaluation_sizes) {
      TilePrimitives& p = tiles_.at(n);
      memory from = bind(p.plain, weights), to = bind(p.forward_desc.weights_desc(), p.forward_weights.data());
      p.pack_forward.execute(stream, from, to);
      if (mode == Mode::evaluate) continue;
      memory back = bind(p.input_desc.weights_desc(), p.input_weights.data());
      p.pack_input.execute(stream, from, back);
    }
  }

  void forward(std::size_t n, const float* x, float* y, std::size_t slot) override {
    TilePrimitives& p = tiles_.at(n);
    Slot& s = slots_[slot];
    p.forward.execute(s.stream, {{DNNL_ARG_SRC, bind(p.x, x)},
                                 {DNNL_ARG_WEIGHTS, bind(p.forward_desc.weights_desc(), p.forward_weights.data())},
                                 {DNNL_ARG_DST, bind(p.y, y)},
                                 {DNNL_ARG_SCRATCHPAD, bind(p.forward_desc.scratchpad_desc(), s.scratch.data())}});
  }

  void backward_input(std::size_t n, const float* dy, float* dx, std::size_t slot) override {
    TilePrimitives& p = tiles_.at(n);
    Slot& s = slots_[slot];
    p.input.execute(s.stream, {{DNNL_ARG_DIFF_DST, bind(p.y, dy)},
                               {DNNL_ARG_WEIGHTS, bind(p.input_desc.weights_desc(), p.input_weights.data())},
                               {DNNL_ARG_DIFF_SRC, bind(p.x, dx)},
                               {DNNL_ARG_SCRATCHPAD, bind(p.input_desc.scratchpad_desc(), s.scratch.data())}});
  }

  void backward_weights(std::size_t n, const float* x, const float* dy, float* dw, bool accumulate,
                        std::size_t slot) override {
    TilePrimitives& p = tiles_.at(n);
    Slot& s = slots_[slot];
    const memory::desc packed = p.weights_desc_.diff_weights_desc();
    p.weights.execute(s.stream, {{DNNL_ARG_SRC, bind(p.x, x)},
                                 {DNNL_ARG_DIFF_DST, bind(p.y, dy)},
                                 {DNNL_ARG_DIFF_WEIGHTS, bind(packed, s.gradient.data())},
                                 {DNNL_ARG_SCRATCHPAD, bind(p.weights_desc_.scratchpad_desc(), s.scratch.data())}});
    memory from = bind(packed, s.gradient.data()), to = bind(p.plain, accumulate ? s.plain.data() : dw);
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
  PassPlan plan_;
  std::map<std::size_t, TilePrimitives> tiles_;
  std::vector<Slot> slots_;
};

}  // namespace

template <>
std::unique_ptr<ConvKernel<float>> make_conv_kernel(const ConvGeometry& geometry) {
  return std::make_unique<OnednnConv>(geometry);
}

template <>
void multiply(Transpose ta, Transpose tb, std::size_t m, std::size_t n, std::size_t k, const float* a, const float* b,
              float* c, bool accumulate) {
  const auto letter = [](Transpose t) { return t == Transpose::yes ? 'T' : 'N'; };
  dnnl_sgemm(letter(ta), letter(tb), dim(m), dim(n), dim(k), 1.0f, a, dim(ta == Transpose::no ? k : m), b,
             dim(tb == Transpose::no ? n : k), accumulate ? 1.0f : 0.0f, c, dim(n));
}

std::string kernel_library(bool single_precision) {
  if (!single_precision) return eigen_version();
  const dnnl_version_t* v = dnnl_version();
  return fmt::format("oneDNN {}.{}.{}, direct convolution", v->major, v->minor, v->patch);
}

}  // namespace steq

#endif

// SPDX-License-Identifier: MIT
#ifdef STEQ_ONEDNN

#include <fmt/format.h>

#include <map>

#include "sim/nn/kernels/eigen_product.hpp"
#include "sim/nn/kernels/float_library.hpp"
#include "sim/nn/kernels/onednn.hpp"

namespace steq {
namespace {

using namespace onednn;
using Tag = memory::format_tag;

/// The forward pass of one dense layer for n samples at once. Weights in a layout of its choice are worth their
/// rearrangement there; the two products of the backward pass are fast from plain arrays.
struct SizedForward {
  memory::desc x, y;
  dnnl::inner_product_forward::primitive_desc forward_desc;
  dnnl::inner_product_forward forward;
  const float* weights = nullptr;

  SizedForward(std::size_t in, std::size_t out, bool with_bias, std::size_t n)
      : x(desc({dim(n), dim(in)}, Tag::nc)), y(desc({dim(n), dim(out)}, Tag::nc)) {
    const OneThread one;
    const memory::desc any = desc({dim(out), dim(in)}, Tag::any), none, bias = desc({dim(out)}, Tag::x);
    forward_desc = {
        {dnnl::prop_kind::forward_training, x, any, with_bias ? bias : none, y}, own_scratchpad(), engine()};
    forward = dnnl::inner_product_forward(forward_desc);
  }
};

class OnednnDense final : public DenseKernel<float> {
 public:
  OnednnDense(std::size_t in, std::size_t out, bool bias)
      : in_(in), out_(out), with_bias_(bias), plain_(desc({dim(out), dim(in)}, Tag::oi)) {}

  void reserve(const PassSizes& sizes) override {
    sizes.for_each([&](std::size_t n, bool training) {
      SizedForward& sized = by_size_.try_emplace(n, in_, out_, with_bias_, n).first->second;
      sized.weights = packed_.reserve(plain_, sized.forward_desc.weights_desc(), training);
    });
  }

  void set_weights(const float* weights, const float* bias, Mode mode) override {
    weights_ = weights;
    bias_ = bias;
    packed_.pack(plain_, weights, mode == Mode::train);
  }

  void forward(std::size_t n, const float* x, float* y) override {
    SizedForward& sized = by_size_.at(n);
    const auto& d = sized.forward_desc;
    sized.forward.execute(stream(), {{DNNL_ARG_SRC, bind(sized.x, x)},
                                     {DNNL_ARG_WEIGHTS, bind(d.weights_desc(), sized.weights)},
                                     {DNNL_ARG_BIAS, bind(d.bias_desc(), bias_)},
                                     {DNNL_ARG_DST, bind(sized.y, y)},
                                     {DNNL_ARG_SCRATCHPAD, bind_scratch(d.scratchpad_desc())}});
  }

  void backward_input(std::size_t n, const float* dy, float* dx) override {
    dnnl_sgemm('N', 'N', dim(n), dim(in_), dim(out_), 1, dy, dim(out_), weights_, dim(in_), 0, dx, dim(in_));
  }

  void backward_weights(std::size_t n, const float* x, const float* dy, std::size_t first, std::size_t count,
                        float* dw) override {
    dnnl_sgemm('T', 'N', dim(out_), dim(count), dim(n), 1, dy, dim(out_), x + first, dim(in_), 0, dw + first, dim(in_));
  }

 private:
  std::size_t in_, out_;
  bool with_bias_;
  memory::desc plain_;
  PackedWeights packed_;
  const float *weights_ = nullptr, *bias_ = nullptr;
  std::map<std::size_t, SizedForward> by_size_;
};

}  // namespace

template <>
std::unique_ptr<DenseKernel<float>> make_dense_kernel(std::size_t in, std::size_t out, bool bias) {
  return std::make_unique<OnednnDense>(in, out, bias);
}

std::string float_library() {
  const dnnl_version_t* v = dnnl_version();
  return fmt::format("oneDNN {}.{}.{}", v->major, v->minor, v->patch);
}

std::string float_instructions() {
  const std::map<dnnl::cpu_isa, const char*> names{{dnnl::cpu_isa::sse41, "SSE4.1"},
                                                   {dnnl::cpu_isa::avx, "AVX"},
                                                   {dnnl::cpu_isa::avx2, "AVX2"},
                                                   {dnnl::cpu_isa::avx2_vnni, "AVX2 VNNI"},
                                                   {dnnl::cpu_isa::avx512_mic, "AVX-512 MIC"},
                                                   {dnnl::cpu_isa::avx512_mic_4ops, "AVX-512 MIC 4OPS"},
                                                   {dnnl::cpu_isa::avx512_core, "AVX-512"},
                                                   {dnnl::cpu_isa::avx512_core_vnni, "AVX-512 VNNI"},
                                                   {dnnl::cpu_isa::avx512_core_bf16, "AVX-512 BF16"},
                                                   {dnnl::cpu_isa::avx512_core_amx, "AVX-512 AMX"}};
  const dnnl::cpu_isa isa = dnnl::get_effective_cpu_isa();
  const auto found = names.find(isa);
  std::string text = found == names.end() ? fmt::format("oneDNN {:#x}", static_cast<int>(isa))
                                          : std::string("oneDNN ") + found->second;
  if (dnnl::get_cpu_isa_hints() != dnnl::cpu_isa_hints::no_hints) text += " preferring YMM";
  if (dnnl::get_default_fpmath_mode() != dnnl::fpmath_mode::strict) text += " with reduced precision";
  return text;
}

bool kernels_plan_by_caches() { return true; }

}  // namespace steq

#endif

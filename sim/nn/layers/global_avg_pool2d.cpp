// SPDX-License-Identifier: MIT
#include <algorithm>

#include "sim/nn/graph_builder.hpp"

namespace steq::layers {
namespace {

template <class T>
class GlobalAvgPool2d final : public Layer<T> {
 public:
  explicit GlobalAvgPool2d(const SampleShape& in) : in_(in) {}

  SampleShape output_shape() const override { return {in_.channels, 1, 1}; }
  LayerTraits traits() const override { return {.reads_input = false}; }

  void forward(const Pass<T>& pass) override {
    std::fill_n(pass.y, pass.n * in_.channels, T(0));
    for (std::size_t i = 0; i < pass.n; ++i)
      for (std::size_t p = 0; p < pixels(); ++p)
        for (std::size_t c = 0; c < in_.channels; ++c)
          pass.y[i * in_.channels + c] += pass.x[i * in_.size() + p * in_.channels + c];
    for (std::size_t k = 0; k < pass.n * in_.channels; ++k) pass.y[k] /= static_cast<T>(pixels());
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx) return;
    for (std::size_t i = 0; i < pass.n; ++i)
      for (std::size_t p = 0; p < pixels(); ++p)
        for (std::size_t c = 0; c < in_.channels; ++c)
          pass.dx[i * in_.size() + p * in_.channels + c] = pass.dy[i * in_.channels + c] / static_cast<T>(pixels());
  }

 private:
  std::size_t pixels() const { return in_.height * in_.width; }

  SampleShape in_;
};

}  // namespace

LayerRegistry::Entry global_avg_pool2d() {
  return layer_entry({.name = "global_avg_pool2d",
                      .summary = "Average of each channel over all pixels; the output is flat.",
                      .formula = "y[c] = mean over r, s of x[c, r, s]",
                      .citation = "",
                      .parameters = {}},
                     []<class T>(const Parameters&, const LayerSpec&, GraphBuilder<T>& builder) {
                       builder.append(std::make_unique<GlobalAvgPool2d<T>>(builder.shape()));
                     });
}

}  // namespace steq::layers

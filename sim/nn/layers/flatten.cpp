// SPDX-License-Identifier: MIT
#include "sim/nn/graph_builder.hpp"

namespace steq::layers {
namespace {

/// Memory holds N, H, W, C, but features are counted C, H, W as in PyTorch.
template <class T>
class Flatten final : public Layer<T> {
 public:
  explicit Flatten(const SampleShape& in) : in_(in) {}

  SampleShape output_shape() const override { return {in_.size(), 1, 1}; }
  LayerTraits traits() const override {
    return {.in_place = in_.height * in_.width == 1, .by_strips = true, .reads_input = false};
  }

  void forward(const Pass<T>& pass) override {
    if (pass.x == pass.y) return;
    for_each(pass.n, [&](std::size_t memory, std::size_t feature) { pass.y[feature] = pass.x[memory]; });
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx || pass.dx == pass.dy) return;
    for_each(pass.n, [&](std::size_t memory, std::size_t feature) { pass.dx[memory] = pass.dy[feature]; });
  }

 private:
  template <class Visit>
  void for_each(std::size_t n, const Visit& visit) const {
    const std::size_t pixels = in_.height * in_.width;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t p = 0; p < pixels; ++p)
        for (std::size_t c = 0; c < in_.channels; ++c)
          visit((i * pixels + p) * in_.channels + c, (i * in_.channels + c) * pixels + p);
  }

  SampleShape in_;
};

}  // namespace

LayerRegistry::Entry flatten() {
  return layer_entry({.name = "flatten",
                      .summary = "Lays channels, rows and columns end to end, in that order.",
                      .formula = "y[(c H + r) W + s] = x[c, r, s]",
                      .citation = "",
                      .parameters = {}},
                     []<class T>(const Parameters&, const LayerSpec&, GraphBuilder<T>& builder) {
                       builder.append(std::make_unique<Flatten<T>>(builder.shape()));
                     });
}

}  // namespace steq::layers

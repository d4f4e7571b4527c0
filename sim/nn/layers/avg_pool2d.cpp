// SPDX-License-Identifier: MIT
#include <algorithm>

#include "sim/nn/layers/pooling.hpp"

namespace steq::layers {
namespace {

template <class T>
class AvgPool2d final : public Layer<T> {
 public:
  explicit AvgPool2d(const Windows& windows) : w_(windows) {}

  Shape output_shape() const override { return w_.out; }

  void forward(const Pass<T>& pass) override {
    const std::size_t channels = w_.in.channels;
    const T share = T(1) / static_cast<T>(w_.kernel * w_.kernel);
    std::fill_n(pass.y, pass.n * w_.out.size(), T(0));
    for (std::size_t i = 0; i < pass.n; ++i)
      w_.for_each([&, x = pass.x + i * w_.in.size(), y = pass.y + i * w_.out.size()](std::size_t to, std::size_t from) {
        for (std::size_t c = 0; c < channels; ++c) y[to * channels + c] += share * x[from * channels + c];
      });
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx) return;
    const std::size_t channels = w_.in.channels;
    const T share = T(1) / static_cast<T>(w_.kernel * w_.kernel);
    std::fill_n(pass.dx, pass.n * w_.in.size(), T(0));
    for (std::size_t i = 0; i < pass.n; ++i)
      w_.for_each([&, dx = pass.dx + i * w_.in.size(), dy = pass.dy + i * w_.out.size()](std::size_t from, std::size_t to) {
        for (std::size_t c = 0; c < channels; ++c) dx[to * channels + c] += share * dy[from * channels + c];
      });
  }

 private:
  Windows w_;
};

}  // namespace

LayerRegistry::Entry avg_pool2d() {
  return layer_entry({.name = "avg_pool2d",
                      .summary = "Average over square windows.",
                      .formula = "y[r, s] = mean of x over the window at (stride r, stride s)",
                      .citation = "",
                      .parameters = pooling_parameters()},
                     []<class T>(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
                       builder.append(std::make_unique<AvgPool2d<T>>(windows_of(p, builder.shape(), builder.place())));
                     });
}

}  // namespace steq::layers

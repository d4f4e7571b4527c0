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
    for (std::size_t i = 0; i < pass.n; ++i)
      w_.for_each([&, x = pass.x + i * w_.in.size(), y = pass.y + i * w_.out.size()](auto to, auto from, bool first) {
        if (first) std::fill_n(y + to * w_.in.channels, w_.in.channels, T(0));
        add_share(x + from * w_.in.channels, y + to * w_.in.channels);
      });
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx) return;
    const bool partition = w_.partition();
    if (!partition) std::fill_n(pass.dx, pass.n * w_.in.size(), T(0));
    for (std::size_t i = 0; i < pass.n; ++i)
      w_.for_each([&, dx = pass.dx + i * w_.in.size(), dy = pass.dy + i * w_.out.size()](auto from, auto to, bool) {
        if (partition) std::fill_n(dx + to * w_.in.channels, w_.in.channels, T(0));
        add_share(dy + from * w_.in.channels, dx + to * w_.in.channels);
      });
  }

 private:
  void add_share(const T* __restrict from, T* __restrict to) const {
    const T share = T(1) / static_cast<T>(w_.kernel * w_.kernel);
    for (std::size_t c = 0; c < w_.in.channels; ++c) to[c] += share * from[c];
  }

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

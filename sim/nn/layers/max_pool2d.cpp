// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "sim/nn/graph_builder.hpp"
#include "sim/nn/layers/pooling.hpp"

namespace steq::layers {
namespace {

template <class T>
class MaxPool2d final : public Layer<T> {
 public:
  explicit MaxPool2d(const Windows& windows) : w_(windows) {}

  SampleShape output_shape() const override { return w_.out; }
  LayerTraits traits() const override { return {.reads_input = false}; }

  void reserve(const PassSizes& sizes) override {
    std::size_t most = 1;
    sizes.for_each([&](std::size_t n, bool) { most = std::max(most, n); });
    winners_.assign(sizes.slots, std::vector<std::uint32_t>(most * w_.out.size()));
  }

  /// The first of equal values wins, as in PyTorch.
  void forward(const Pass<T>& pass) override {
    const std::size_t channels = w_.in.channels;
    for (std::size_t i = 0; i < pass.n; ++i) {
      const T* x = pass.x + i * w_.in.size();
      T* y = pass.y + i * w_.out.size();
      std::uint32_t* winner = winners_[pass.slot].data() + i * w_.out.size();
      w_.for_each([&](std::size_t to, std::size_t from, bool first) {
        for (std::size_t c = 0; c < channels; ++c) {
          const T value = x[from * channels + c];
          if (!first && !(value > y[to * channels + c]) && !std::isnan(value)) continue;
          y[to * channels + c] = value;
          winner[to * channels + c] = static_cast<std::uint32_t>(from * channels + c);
        }
      });
    }
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx) return;
    std::fill_n(pass.dx, pass.n * w_.in.size(), T(0));
    for (std::size_t i = 0; i < pass.n; ++i)
      for (std::size_t o = 0; o < w_.out.size(); ++o) {
        const std::size_t at = i * w_.out.size() + o;
        pass.dx[i * w_.in.size() + winners_[pass.slot][at]] += pass.dy[at];
      }
  }

 private:
  Windows w_;
  std::vector<std::vector<std::uint32_t>> winners_;  // [slot][n, out]: where each maximum came from, within its sample
};

std::vector<ParameterInfo> parameters() {
  std::vector<ParameterInfo> all = pooling_parameters();
  all.push_back({.name = "padding",
                 .kind = Kind::integer,
                 .fallback = Value(std::int64_t{0}),
                 .meaning = "pixels on each side that hold minus infinity; at most half of the kernel",
                 .min = 0,
                 .max = 1024});
  return all;
}

}  // namespace

LayerRegistry::Entry max_pool2d() {
  return layer_entry(
      {.name = "max_pool2d",
       .summary = "Maximum over square windows; the first of equal values receives the gradient.",
       .formula = "y[r, s] = max of x over the window at (stride r - padding, stride s - padding)",
       .citation = "",
       .parameters = parameters()},
      []<class T>(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
        const auto padding = static_cast<std::size_t>(p.integer("padding"));
        builder.append(std::make_unique<MaxPool2d<T>>(windows_of(p, builder.shape(), builder.place(), padding)));
      });
}

}  // namespace steq::layers

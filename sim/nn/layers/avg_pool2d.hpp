// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <limits>

#include "sim/nn/layer.hpp"
#include "sim/nn/layers/chunks.hpp"
#include "sim/nn/layers/pooling.hpp"

namespace steq::layers {

template <class T>
class AvgPool2d final : public Layer<T> {
 public:
  /// `rectify`: as if a relu stood before it.
  explicit AvgPool2d(const Windows& windows, bool rectify = false)
      : w_(windows), floor_(rectify ? T(0) : -std::numeric_limits<T>::infinity()) {}

  SampleShape output_shape() const override { return w_.out; }
  LayerTraits traits() const override { return {.by_strips = true}; }
  const Windows& windows() const { return w_; }

  void forward(const Pass<T>& pass) override {
    for_each_window(pass.n, [&]<std::size_t K, std::size_t N>(Kernel<K>, Chunk<N>, std::size_t from, std::size_t to) {
      average<K, N>(pass.x + from, pass.y + to);
    });
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx) return;
    const bool partition = w_.partition();
    if (!partition) std::fill_n(pass.dx, pass.n * w_.in.size(), T(0));
    for_each_window(pass.n, [&]<std::size_t K, std::size_t N>(Kernel<K>, Chunk<N>, std::size_t to, std::size_t from) {
      if (partition)
        spread<K, N, false>(pass.x + to, pass.dy + from, pass.dx + to);
      else
        spread<K, N, true>(pass.x + to, pass.dy + from, pass.dx + to);
    });
  }

 private:
  /// The kernel's size where the compiler is to know it, else 0.
  template <std::size_t K>
  using Kernel = std::integral_constant<std::size_t, K>;

  /// visit(Kernel, Chunk, first of the chunk's values in the window's corner, first of its output)
  template <class Visit>
  void for_each_window(std::size_t n, const Visit& visit) const {
    if (w_.kernel == 2)
      walk(n, Kernel<2>(), visit);
    else
      walk(n, Kernel<0>(), visit);
  }

  template <class Known, class Visit>
  void walk(std::size_t n, Known kernel, const Visit& visit) const {
    const std::size_t channels = w_.in.channels;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t oy = 0; oy < w_.out.height; ++oy)
        for (std::size_t ox = 0; ox < w_.out.width; ++ox) {
          const std::size_t in = i * w_.in.size() + (oy * w_.in.width + ox) * w_.stride * channels;
          const std::size_t out = i * w_.out.size() + (oy * w_.out.width + ox) * channels;
          for_each_chunk(channels, [&](auto chunk, std::size_t c) { visit(kernel, chunk, in + c, out + c); });
        }
  }

  T share() const { return T(1) / static_cast<T>(w_.kernel * w_.kernel); }
  /// From the window's corner to one of its pixels.
  std::size_t offset(std::size_t row, std::size_t column) const {
    return (row * w_.in.width + column) * w_.in.channels;
  }

  template <std::size_t K, std::size_t N>
  void average(const T* __restrict x, T* __restrict y) const {
    const std::size_t kernel = K > 0 ? K : w_.kernel;
    const T least = floor_, factor = share();
    std::array<T, N> sum{};
    for (std::size_t row = 0; row < kernel; ++row)
      for (std::size_t column = 0; column < kernel; ++column) {
        const T* pixel = x + offset(row, column);
        for (std::size_t c = 0; c < N; ++c) sum[c] += pixel[c] < least ? least : pixel[c];
      }
    for (std::size_t c = 0; c < N; ++c) y[c] = factor * sum[c];
  }

  template <std::size_t K, std::size_t N, bool add>
  void spread(const T* __restrict x, const T* __restrict dy, T* __restrict dx) const {
    const std::size_t kernel = K > 0 ? K : w_.kernel;
    const T least = floor_, factor = share();
    std::array<T, N> slope;
    for (std::size_t c = 0; c < N; ++c) slope[c] = factor * dy[c];
    for (std::size_t row = 0; row < kernel; ++row)
      for (std::size_t column = 0; column < kernel; ++column) {
        const T* pixel = x + offset(row, column);
        T* to = dx + offset(row, column);
        for (std::size_t c = 0; c < N; ++c) {
          const T passed = pixel[c] > least ? slope[c] : T(0);
          to[c] = add ? to[c] + passed : passed;
        }
      }
  }

  Windows w_;
  T floor_;  // below which inputs count as it
};

}  // namespace steq::layers

// SPDX-License-Identifier: MIT
// Convolutions on Eigen: im2col of one image at a time, then a matrix product.
#pragma once

#include "sim/nn/kernels/eigen_product.hpp"
#include "sim/nn/kernels/kernels.hpp"
#include "sim/nn/kernels/scratch.hpp"

namespace steq {

template <class T>
class EigenConv final : public ConvKernel<T> {
 public:
  explicit EigenConv(const ConvGeometry& geometry) : g_(geometry), packed_(geometry.weights()) { pin_eigen_blocking(); }

  void reserve(const PassSizes&) override {}

  void set_weights(const T* weights, const T* bias, Mode) override {
    bias_ = bias;
    for_each_weight([&](std::size_t oihw, std::size_t packed) { packed_[packed] = weights[oihw]; });
  }

  void forward(std::size_t n, const T* x, T* y) override {
    T* columns = scratch<T>(Use::workspace, pixels() * patch());
    for (std::size_t i = 0; i < n; ++i) {
      gather(x + i * g_.in.size(), columns);
      start_rows(pixels(), g_.out.channels, bias_, y + i * g_.out.size());
      matrix(pixels(), g_.out.channels, y + i * g_.out.size()).noalias() += columns_of(columns) * packed();
    }
  }

  void backward_input(std::size_t n, const T* dy, T* dx) override {
    std::fill_n(dx, n * g_.in.size(), T(0));
    T* columns = scratch<T>(Use::workspace, pixels() * patch());
    for (std::size_t i = 0; i < n; ++i) {
      start_rows<T>(pixels(), patch(), nullptr, columns);
      matrix(pixels(), patch(), columns).noalias() += output(dy, i) * packed().transpose();
      scatter(columns, dx + i * g_.in.size());
    }
  }

  void backward_weights(std::size_t n, const T* x, const T* dy, T* dw, bool accumulate) override {
    T *columns = scratch<T>(Use::workspace, pixels() * patch()), *gradient = scratch<T>(Use::gradient, g_.weights());
    for (std::size_t i = 0; i < n; ++i) {
      gather(x + i * g_.in.size(), columns);
      if (i == 0) start_rows<T>(patch(), g_.out.channels, nullptr, gradient);
      matrix(patch(), g_.out.channels, gradient).noalias() += columns_of(columns).transpose() * output(dy, i);
    }
    for_each_weight([&](std::size_t oihw, std::size_t packed) {
      dw[oihw] = accumulate ? dw[oihw] + gradient[packed] : gradient[packed];
    });
  }

 private:
  std::size_t pixels() const { return g_.out.height * g_.out.width; }
  std::size_t patch() const { return g_.kernel * g_.kernel * g_.in.channels; }
  auto columns_of(const T* data) const { return matrix(pixels(), patch(), data); }
  auto packed() const { return matrix(patch(), g_.out.channels, packed_.data()); }
  auto output(const T* data, std::size_t i) const {
    return matrix(pixels(), g_.out.channels, data + i * g_.out.size());
  }

  /// visit(index in OIHW, index in [kernel, kernel, in, out])
  template <class Visit>
  void for_each_weight(const Visit& visit) const {
    const std::size_t area = g_.kernel * g_.kernel, in = g_.in.channels, out = g_.out.channels;
    for (std::size_t o = 0; o < out; ++o)
      for (std::size_t i = 0; i < in; ++i)
        for (std::size_t k = 0; k < area; ++k) visit((o * in + i) * area + k, (k * in + i) * out + o);
  }

  /// visit(first element of a run of input channels or nothing, first element in the patch matrix)
  template <class Visit>
  void for_each_run(const Visit& visit) const {
    std::size_t column = 0;
    for (std::size_t oy = 0; oy < g_.out.height; ++oy)
      for (std::size_t ox = 0; ox < g_.out.width; ++ox)
        for (std::size_t ky = 0; ky < g_.kernel; ++ky)
          for (std::size_t kx = 0; kx < g_.kernel; ++kx, column += g_.in.channels) {
            const std::size_t iy = oy * g_.stride + ky - g_.pad_top, ix = ox * g_.stride + kx - g_.pad_left;
            const bool inside = iy < g_.in.height && ix < g_.in.width;  // negative values wrap far above
            visit(inside, (iy * g_.in.width + ix) * g_.in.channels, column);
          }
  }

  void gather(const T* image, T* columns) const {
    for_each_run([&](bool inside, std::size_t from, std::size_t to) {
      if (inside)
        std::copy_n(image + from, g_.in.channels, columns + to);
      else
        std::fill_n(columns + to, g_.in.channels, T(0));
    });
  }

  void scatter(const T* columns, T* image) const {
    for_each_run([&](bool inside, std::size_t to, std::size_t from) {
      if (!inside) return;
      for (std::size_t c = 0; c < g_.in.channels; ++c) image[to + c] += columns[from + c];
    });
  }

  ConvGeometry g_;
  Buffer<T> packed_;  // [kernel, kernel, in, out]
  const T* bias_ = nullptr;
};

}  // namespace steq

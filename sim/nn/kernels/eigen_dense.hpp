// SPDX-License-Identifier: MIT
// Dense layers on Eigen.
#pragma once

#include "sim/nn/kernels/eigen_product.hpp"
#include "sim/nn/kernels/kernels.hpp"

namespace steq {

template <class T>
class EigenDense final : public DenseKernel<T> {
 public:
  EigenDense(std::size_t in, std::size_t out) : in_(in), out_(out) { pin_eigen_blocking(); }

  void reserve(const PassSizes&) override {}

  void set_weights(const T* weights, const T* bias, Mode) override {
    weights_ = weights;
    bias_ = bias;
  }

  void forward(std::size_t n, const T* x, T* y) override {
    start_rows(n, out_, bias_, y);
    matrix(n, out_, y).noalias() += matrix(n, in_, x) * matrix(out_, in_, weights_).transpose();
  }

  void backward_input(std::size_t n, const T* dy, T* dx) override {
    start_rows<T>(n, in_, nullptr, dx);
    matrix(n, in_, dx).noalias() += matrix(n, out_, dy) * matrix(out_, in_, weights_);
  }

  void backward_weights(std::size_t n, const T* x, const T* dy, std::size_t first, std::size_t count, T* dw) override {
    const auto columns = [&](auto whole) {
      return whole.middleCols(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(count));
    };
    columns(matrix(out_, in_, dw)).setZero();
    columns(matrix(out_, in_, dw)).noalias() += matrix(n, out_, dy).transpose() * columns(matrix(n, in_, x));
  }

 private:
  std::size_t in_, out_;
  const T *weights_ = nullptr, *bias_ = nullptr;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include "sim/nn/layer.hpp"

namespace steq::layers {

template <class T>
class Relu final : public Layer<T> {
 public:
  explicit Relu(const SampleShape& shape) : shape_(shape) {}

  SampleShape output_shape() const override { return shape_; }
  LayerTraits traits() const override {
    return {.in_place = true, .by_strips = true, .cheap = true, .reads_input = false, .reads_output = true};
  }

  // Written so that a NaN passes, and is found.
  void forward(const Pass<T>& pass) override {
    const std::size_t size = pass.n * shape_.size();
    const T* x = pass.x;
    T* y = pass.y;
#pragma GCC ivdep
    for (std::size_t i = 0; i < size; ++i) y[i] = x[i] < 0 ? T(0) : x[i];
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx) return;
    const std::size_t size = pass.n * shape_.size();
    const T *y = pass.y, *dy = pass.dy;
    T* dx = pass.dx;
#pragma GCC ivdep
    for (std::size_t i = 0; i < size; ++i) {
      const T slope = dy[i];
      dx[i] = y[i] > 0 ? slope : T(0);
    }
  }

 private:
  SampleShape shape_;
};

}  // namespace steq::layers

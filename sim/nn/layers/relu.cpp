// SPDX-License-Identifier: MIT
#include "sim/nn/graph_builder.hpp"

namespace steq::layers {
namespace {

template <class T>
class Relu final : public Layer<T> {
 public:
  explicit Relu(const Shape& shape) : shape_(shape) {}

  Shape output_shape() const override { return shape_; }
  bool by_strips() const override { return true; }
  bool in_place() const override { return true; }
  bool cheap() const override { return true; }
  bool reads_input() const override { return false; }
  bool reads_output() const override { return true; }
  bool is_relu() const override { return true; }

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
  Shape shape_;
};

}  // namespace

LayerRegistry::Entry relu() {
  return layer_entry({.name = "relu",
                      .summary = "Rectified linear unit; its derivative at 0 is 0.",
                      .formula = "y = max(x, 0)",
                      .citation = "",
                      .parameters = {}},
                     []<class T>(const Parameters&, const LayerSpec&, GraphBuilder<T>& builder) {
                       builder.append(std::make_unique<Relu<T>>(builder.shape()));
                     });
}

}  // namespace steq::layers

// SPDX-License-Identifier: MIT
#include "sim/nn/graph_builder.hpp"

namespace steq::layers {
namespace {

template <class T>
class Relu final : public Layer<T> {
 public:
  explicit Relu(const Shape& shape) : shape_(shape) {}

  Shape output_shape() const override { return shape_; }
  bool in_place() const override { return true; }

  // Written so that a NaN passes, and is found.
  void forward(const Pass<T>& pass) override {
    for (std::size_t i = 0; i < pass.n * shape_.size(); ++i) pass.y[i] = pass.x[i] < 0 ? T(0) : pass.x[i];
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx) return;
    for (std::size_t i = 0; i < pass.n * shape_.size(); ++i) pass.dx[i] = pass.y[i] > 0 ? pass.dy[i] : T(0);
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

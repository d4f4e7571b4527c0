// SPDX-License-Identifier: MIT
#include <algorithm>

#include "sim/nn/graph_builder.hpp"

namespace steq::layers {
namespace {

template <class T>
class Add final : public Layer<T> {
 public:
  explicit Add(const SampleShape& shape) : shape_(shape) {}

  SampleShape output_shape() const override { return shape_; }
  LayerTraits traits() const override { return {.in_place = true, .by_strips = true, .reads_input = false}; }

  void forward(const Pass<T>& pass) override {
    for (std::size_t i = 0; i < pass.n * shape_.size(); ++i) pass.y[i] = pass.x[i] + pass.x2[i];
  }

  void backward(const Pass<T>& pass) override {
    if (pass.dx2) std::copy_n(pass.dy, pass.n * shape_.size(), pass.dx2);
    if (pass.dx && pass.dx != pass.dy) std::copy_n(pass.dy, pass.n * shape_.size(), pass.dx);
  }

 private:
  SampleShape shape_;
};

template <class T>
void build_residual(const LayerSpec& spec, GraphBuilder<T>& builder) {
  const std::size_t start = builder.current();
  if (spec.branch.empty()) throw InputError(builder.place() + ".branch", "holds no layer; at least one is needed");
  builder.pin(start);
  builder.append_all(spec.branch, "branch");
  const std::size_t branch = builder.current();
  if (builder.read_again()) builder.pin(branch);
  const SampleShape branch_shape = builder.shape();
  builder.go_to(start);
  builder.append_all(spec.shortcut, "shortcut");
  if (const SampleShape& s = builder.shape(); s != branch_shape)
    throw InputError(
        builder.place(),
        fmt::format("branch gives {} x {} x {}, shortcut gives {} x {} x {}; they must be equal", branch_shape.channels,
                    branch_shape.height, branch_shape.width, s.channels, s.height, s.width));
  const std::size_t shortcut = builder.current();
  builder.go_to(branch);
  builder.append(std::make_unique<Add<T>>(branch_shape), shortcut);
}

}  // namespace

LayerRegistry::Entry residual() {
  return layer_entry(
      {.name = "residual",
       .summary = "Adds a branch of layers to a shortcut, which is the identity where it is empty; its keys "
                  "\"branch\" and \"shortcut\" hold lists of layers.",
       .formula = "y = branch(x) + shortcut(x)",
       .citation = "He et al., arXiv:1512.03385",
       .parameters = {}},
      [](const Parameters&, const LayerSpec& spec, auto& builder) { build_residual(spec, builder); });
}

}  // namespace steq::layers

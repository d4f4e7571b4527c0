// SPDX-License-Identifier: MIT
// Layers without products, on strips of what resnet20's first convolution gives, and mnist-convnet's where pooling is
// a layer of its own.
#include <array>

#include "sim/nn/batch_plan.hpp"
#include "sim/nn/graph_builder.hpp"
#include "sim/nn/rewrites.hpp"
#include "tests/bench/kernels_bench.hpp"

namespace steq::bench {
namespace {

/// A layer between a convolution and a classifier, so that it may work in place, or take in the relu before it.
class Bench {
 public:
  Bench(const std::vector<std::string>& layers, const SampleShape& shape, std::size_t n)
      : graph_(rewrite(GraphBuilder<float>::build(model(layers, shape)))), node_(&graph_.nodes[1]), n_(n) {
    node_->layer->reserve({.training = {n}, .evaluation = {n}});
    prepare();
  }

  Layer<float>& layer() { return *node_->layer; }
  /// Everything that a pass may want.
  Pass<float> pass() {
    return {.n = n_, .x = x_.data(), .y = y_.data(), .dy = dy_.data(), .dx = dx_.data(), .gradients = gradients_};
  }
  double input_bytes() const { return bytes(node_->input); }
  double output_bytes() const { return bytes(node_->output); }

 private:
  static ModelSpec model(const std::vector<std::string>& layers, const SampleShape& shape) {
    ModelSpec model{{1, shape.height, shape.width},
                    {{parse_spec(fmt::format("conv2d:name=lead,out={},kernel=1", shape.channels), "lead")}}};
    for (const std::string& layer : layers) model.layers.push_back({parse_spec(layer, "layer")});
    for (const std::string layer : {"global_avg_pool2d", "dense:name=last,out=2"})
      model.layers.push_back({parse_spec(layer, "last")});
    return model;
  }

  /// Random weights and statistics of a norm are as good as any.
  void prepare() { layer().prepare({values_, statistics_, {}, Mode::train}); }

  double bytes(std::size_t buffer) const {
    return static_cast<double>(sizeof(float) * n_ * graph_.buffers[buffer].size());
  }
  Buffer<float> floats(std::size_t buffer) const { return random_floats(n_ * graph_.buffers[buffer].size()); }

  Graph<float> graph_;
  Node<float>* node_;
  std::size_t n_;
  Buffer<float> x_ = floats(node_->input), y_ = floats(node_->output), dx_ = floats(node_->input),
                dy_ = floats(node_->output);
  std::array<Buffer<float>, 4> tensors_{random_floats(512), random_floats(512), random_floats(512), random_floats(512)};
  std::array<const float*, 2> values_{tensors_[0].data(), tensors_[1].data()};
  std::array<float*, 2> statistics_{tensors_[2].data(), tensors_[3].data()}, gradients_{statistics_};
};

constexpr SampleShape kMnist{32, 28, 28}, kResnet{16, 32, 32};

void forward(benchmark::State& state, const std::vector<std::string>& layers, const SampleShape& shape) {
  Bench b(layers, shape, kStrip);
  measure(state, {.bytes = b.input_bytes() + b.output_bytes()}, [&] { b.layer().forward(b.pass()); });
}

/// Reads what decides the way of the gradient, the input or the output.
void backward(benchmark::State& state, const std::vector<std::string>& layers, const SampleShape& shape) {
  Bench b(layers, shape, kStrip);
  b.layer().forward(b.pass());
  measure(state, {.bytes = 2 * b.input_bytes() + b.output_bytes()}, [&] { b.layer().backward(b.pass()); });
}

BENCHMARK_CAPTURE(forward, relu, {"relu"}, kMnist);
BENCHMARK_CAPTURE(backward, relu, {"relu"}, kMnist);
BENCHMARK_CAPTURE(forward, avg_pool, {"avg_pool2d"}, kMnist);
BENCHMARK_CAPTURE(backward, avg_pool, {"avg_pool2d"}, kMnist);
BENCHMARK_CAPTURE(forward, relu_avg_pool, {"relu", "avg_pool2d"}, kMnist);
BENCHMARK_CAPTURE(backward, relu_avg_pool, {"relu", "avg_pool2d"}, kMnist);
BENCHMARK_CAPTURE(forward, max_pool, {"max_pool2d:kernel=3,stride=2,padding=1"}, kMnist);
BENCHMARK_CAPTURE(backward, max_pool, {"max_pool2d:kernel=3,stride=2,padding=1"}, kMnist);

/// Statistics of the batch, then the normalized values.
void batch_norm_forward(benchmark::State& state) {
  Bench b({"batch_norm2d:name=norm"}, kResnet, kStrip);
  measure(state, {.bytes = 2 * b.input_bytes() + b.output_bytes()}, [&] {
    b.layer().collect_forward(b.pass());
    b.layer().combine_forward();
    b.layer().forward(b.pass());
  });
}
BENCHMARK(batch_norm_forward);

void batch_norm_backward(benchmark::State& state) {
  Bench b({"batch_norm2d:name=norm"}, kResnet, kStrip);
  b.layer().collect_forward(b.pass());
  b.layer().combine_forward();
  measure(state, {.bytes = 3 * b.input_bytes() + 2 * b.output_bytes()}, [&] {
    b.layer().collect_backward(b.pass());
    b.layer().combine_backward();
    b.layer().backward(b.pass());
  });
}
BENCHMARK(batch_norm_backward);

}  // namespace
}  // namespace steq::bench

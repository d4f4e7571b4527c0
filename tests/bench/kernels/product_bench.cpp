// SPDX-License-Identifier: MIT
// Convolutions by strips and dense layers by tiles, as training runs them; the gradient of dense weights by batch.
#include "sim/nn/batch_plan.hpp"
#include "sim/nn/kernels/kernels.hpp"
#include "tests/bench/kernels_bench.hpp"

namespace steq::bench {
namespace {

/// A linear layer for n samples, with the sizes of one sample's input and output.
template <class Kernel>
struct Product {
  std::unique_ptr<Kernel> kernel;
  std::size_t n, in, out, weights;
  double flops_a_sample;

  double arrays() const { return static_cast<double>(n * (in + out) + weights); }
  Work work() const { return {static_cast<double>(n) * flops_a_sample, sizeof(float) * arrays()}; }
};

auto conv(std::size_t in, std::size_t out, std::size_t side) {
  const ConvGeometry g{{in, side, side}, {out, side, side}, 3, 1, 1, 1, 1, 1};
  return Product<ConvKernel<float>>{make_conv_kernel<float>(g, false),
                                    kStrip,
                                    g.in.size(),
                                    g.out.size(),
                                    g.weights(),
                                    2.0 * static_cast<double>(g.weights() * side * side)};
}

auto dense(std::size_t samples, std::size_t in, std::size_t out) {
  return Product<DenseKernel<float>>{make_dense_kernel<float>(in, out, false), samples, in, out, in * out,
                                     2.0 * static_cast<double>(in * out)};
}

void backward_weights(ConvKernel<float>& kernel, std::size_t n, std::size_t, const float* x, const float* dy,
                      float* dw) {
  kernel.backward_weights(n, x, dy, dw, false);
}

void backward_weights(DenseKernel<float>& kernel, std::size_t n, std::size_t in, const float* x, const float* dy,
                      float* dw) {
  for (std::size_t first = 0; first < in; first += kDenseColumns)
    kernel.backward_weights(n, x, dy, first, std::min(kDenseColumns, in - first), dw);
}

/// Random arrays of a product, and the loop around one of its passes.
template <class Kernel>
struct Bench {
  Product<Kernel> p;
  Buffer<float> x = random_floats(p.n * p.in), y = random_floats(p.n * p.out), w = random_floats(p.weights);

  template <class Pass>
  void run(benchmark::State& state, const Pass& pass) {
    p.kernel->reserve({.training_sizes = {p.n}, .evaluation_sizes = {p.n}});
    p.kernel->set_weights(w.data(), nullptr, Mode::train);
    measure(state, p.work(), [&] { pass(*p.kernel); });
  }
};

template <class Make, class... Sizes>
void forward(benchmark::State& state, Make make, Sizes... sizes) {
  Bench b{make(sizes...)};
  b.run(state, [&](auto& kernel) { kernel.forward(b.p.n, b.x.data(), b.y.data()); });
}

template <class Make, class... Sizes>
void backward_input(benchmark::State& state, Make make, Sizes... sizes) {
  Bench b{make(sizes...)};
  b.run(state, [&](auto& kernel) { kernel.backward_input(b.p.n, b.y.data(), b.x.data()); });
}

template <class Make, class... Sizes>
void backward_weights(benchmark::State& state, Make make, Sizes... sizes) {
  Bench b{make(sizes...)};
  b.run(state, [&](auto& kernel) { backward_weights(kernel, b.p.n, b.p.in, b.x.data(), b.y.data(), b.w.data()); });
}

// The first convolution's input gradient is never computed.
BENCHMARK_CAPTURE(forward, mnist_conv1, conv, 1, 32, 28);
BENCHMARK_CAPTURE(backward_weights, mnist_conv1, conv, 1, 32, 28);

#define STEQ_PASSES(name, ...)                          \
  BENCHMARK_CAPTURE(forward, name, __VA_ARGS__);        \
  BENCHMARK_CAPTURE(backward_input, name, __VA_ARGS__); \
  BENCHMARK_CAPTURE(backward_weights, name, __VA_ARGS__)
STEQ_PASSES(mnist_conv2, conv, 32, 64, 14);
BENCHMARK_CAPTURE(forward, mnist_fc1, dense, kTile, 3136, 256);
BENCHMARK_CAPTURE(backward_input, mnist_fc1, dense, kTile, 3136, 256);
BENCHMARK_CAPTURE(backward_weights, mnist_fc1, dense, 128, 3136, 256);
STEQ_PASSES(resnet20_layer1, conv, 16, 16, 32);
STEQ_PASSES(resnet20_layer2, conv, 32, 32, 16);
STEQ_PASSES(resnet20_layer3, conv, 64, 64, 8);

}  // namespace
}  // namespace steq::bench

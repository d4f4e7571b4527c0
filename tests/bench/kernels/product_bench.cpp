// SPDX-License-Identifier: MIT
// Convolutions by strips and dense layers by micro-batches, as training runs them; the gradient of dense weights by
// batch.
#include "sim/nn/batch_plan.hpp"
#include "sim/nn/kernels/pooled_conv.hpp"
#include "tests/bench/kernels_bench.hpp"

namespace steq::bench {
namespace {

/// A linear layer for n samples, with the sizes of one sample's input and output.
template <class Kernel>
struct Product {
  std::unique_ptr<Kernel> kernel;
  std::size_t n, in, out, weights;
  double flops_a_sample;
  std::size_t signs = 0;

  double arrays() const { return static_cast<double>(n * (in + out) + weights); }
  Work work() const { return {static_cast<double>(n) * flops_a_sample, sizeof(float) * arrays()}; }
};

ConvGeometry geometry(std::size_t in, std::size_t out, std::size_t side) {
  return {{in, side, side}, {out, side, side}, 3, 1, 1, 1, 1, 1};
}

double flops(const ConvGeometry& g) { return 2.0 * static_cast<double>(g.weights() * g.out.height * g.out.width); }

auto conv(std::size_t in, std::size_t out, std::size_t side) {
  const ConvGeometry g = geometry(in, out, side);
  return Product<ConvKernel<float>>{
      make_conv_kernel<float>(g, false), kStrip, g.in.size(), g.out.size(), g.weights(), flops(g)};
}

/// With a relu and a pooling behind it.
auto pooled(std::size_t in, std::size_t out, std::size_t side) {
  const ConvGeometry g = geometry(in, out, side);
  return Product<PooledConvKernel<float>>{
      make_pooled_conv_kernel<float>(g), kStrip, g.in.size(), g.out.size() / 4, g.weights(), flops(g), signs_of(g.out)};
}

auto dense(std::size_t samples, std::size_t in, std::size_t out) {
  return Product<DenseKernel<float>>{make_dense_kernel<float>(in, out, false), samples, in, out, in * out,
                                     2.0 * static_cast<double>(in * out)};
}

/// Random arrays of a product, and its passes.
template <class Kernel>
struct Bench {
  Product<Kernel> p;
  Buffer<float> x = random_floats(p.n * p.in), y = random_floats(p.n * p.out), w = random_floats(p.weights);
  Buffer<Signs> signs{p.n * p.signs};

  void forward() {
    if constexpr (std::is_same_v<Kernel, PooledConvKernel<float>>)
      p.kernel->forward(p.n, x.data(), y.data(), signs.data());
    else
      p.kernel->forward(p.n, x.data(), y.data());
  }
  void backward_input() {
    if constexpr (std::is_same_v<Kernel, PooledConvKernel<float>>)
      p.kernel->backward_input(p.n, y.data(), signs.data(), x.data());
    else
      p.kernel->backward_input(p.n, y.data(), x.data());
  }
  void backward_weights() {
    if constexpr (std::is_same_v<Kernel, PooledConvKernel<float>>)
      p.kernel->backward_weights(p.n, x.data(), y.data(), signs.data(), w.data(), nullptr, false);
    else if constexpr (std::is_same_v<Kernel, ConvKernel<float>>)
      p.kernel->backward_weights(p.n, x.data(), y.data(), w.data(), false);
    else
      for (std::size_t first = 0; first < p.in; first += kDenseColumns)
        p.kernel->backward_weights(p.n, x.data(), y.data(), first, std::min(kDenseColumns, p.in - first), w.data());
  }
};

template <class Kernel>
Bench(Product<Kernel>) -> Bench<Kernel>;

template <class Make, class... Sizes>
void run(benchmark::State& state, const auto& pass, Make make, Sizes... sizes) {
  Bench b{make(sizes...)};
  if (!b.p.kernel) return state.SkipWithError("not in this build");
  if constexpr (requires { b.p.kernel->reserve({}); })
    b.p.kernel->reserve({.training = {b.p.n}, .evaluation = {b.p.n}});
  b.p.kernel->set_weights(b.w.data(), nullptr, Mode::train);
  measure(state, b.p.work(), [&] { pass(b); });
}

template <class... Arguments>
void forward(benchmark::State& state, Arguments... arguments) {
  run(
      state, [](auto& bench) { bench.forward(); }, arguments...);
}
template <class... Arguments>
void backward_input(benchmark::State& state, Arguments... arguments) {
  run(
      state, [](auto& bench) { bench.backward_input(); }, arguments...);
}
template <class... Arguments>
void backward_weights(benchmark::State& state, Arguments... arguments) {
  run(
      state, [](auto& bench) { bench.backward_weights(); }, arguments...);
}

// The first convolution's input gradient is never computed.
BENCHMARK_CAPTURE(forward, mnist_conv1, pooled, 1, 32, 28);
BENCHMARK_CAPTURE(backward_weights, mnist_conv1, pooled, 1, 32, 28);

#define STEQ_PASSES(name, ...)                          \
  BENCHMARK_CAPTURE(forward, name, __VA_ARGS__);        \
  BENCHMARK_CAPTURE(backward_input, name, __VA_ARGS__); \
  BENCHMARK_CAPTURE(backward_weights, name, __VA_ARGS__)
STEQ_PASSES(mnist_conv2, pooled, 32, 64, 14);
BENCHMARK_CAPTURE(forward, mnist_fc1, dense, kMicroBatch, 3136, 256);
BENCHMARK_CAPTURE(backward_input, mnist_fc1, dense, kMicroBatch, 3136, 256);
BENCHMARK_CAPTURE(backward_weights, mnist_fc1, dense, 128, 3136, 256);
STEQ_PASSES(resnet20_layer1, conv, 16, 16, 32);
STEQ_PASSES(resnet20_layer2, conv, 32, 32, 16);
STEQ_PASSES(resnet20_layer3, conv, 64, 64, 8);

}  // namespace
}  // namespace steq::bench

// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/pooled_conv.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/nn/kernels/vector16.hpp"
#include "sim/nn/kernels/winograd_conv.hpp"
#include "tests/sim/nn/kernels/plain_sums.hpp"

using namespace steq;
using namespace steq::test;

namespace {

/// What a pooled convolution has to give, for x, w, bias and dy drawn at random; channels last, two images.
struct Pooled {
  ConvGeometry g;
  std::vector<float> x = random_floats(2 * g.in.size(), 1), w = random_floats(g.weights(), 2),
                     bias = random_floats(g.out.channels, 3), dy = random_floats(2 * g.out.size() / 4, 4);
  std::vector<double> y = std::vector<double>(dy.size()), dbias = std::vector<double>(g.out.channels), dx, dw;

  explicit Pooled(const ConvGeometry& geometry) : g(geometry) {
    std::vector<float> slope(2 * g.out.size());
    const std::vector<double> outputs = PlainSums(g, 2, x, w, slope).y;
    for (std::size_t i = 0; i < slope.size(); ++i) {
      const std::size_t channel = i % g.out.channels, pixel = i / g.out.channels, width = g.out.width;
      const std::size_t mean = (pixel / width / 2 * (width / 2) + pixel % width / 2) * g.out.channels + channel;
      const double output = outputs[i] + double{bias[channel]};
      y[mean] += std::max(output, 0.0) / 4;
      slope[i] = output > 0 ? dy[mean] / 4 : 0;
      dbias[channel] += double{slope[i]};
    }
    const PlainSums gradients(g, 2, x, w, slope);
    dx = gradients.dx;
    dw = gradients.dw;
  }
};

/// The four results of the kernel, weight and bias gradients added to `start`.
[[maybe_unused]] void check_pooled(const ConvGeometry& g) {
  const Pooled expected(g);
  const auto kernel = make_pooled_conv_kernel<float>(g);
  const float broken = std::nanf("");
  std::vector<float> y(expected.y.size(), broken), dx(expected.dx.size(), broken), dw(g.weights(), broken),
      dbias(g.out.channels, broken);
  std::vector<Signs> signs(2 * signs_of(g.out));
  kernel->set_weights(expected.w.data(), expected.bias.data(), Mode::train);
  kernel->forward(2, expected.x.data(), y.data(), signs.data());
  kernel->backward_input(2, expected.dy.data(), signs.data(), dx.data());
  const auto backward_weights = [&](float* bias_gradient, bool accumulate) {
    kernel->backward_weights(2, expected.x.data(), expected.dy.data(), signs.data(), dw.data(), bias_gradient,
                             accumulate);
  };
  backward_weights(dbias.data(), false);
  INFO(g.in.channels << " to " << g.out.channels << " channels, " << g.out.height << " x " << g.out.width);
  constexpr double tolerance = 1e-5;
  CHECK(difference(wide(y), expected.y) < tolerance);
  CHECK(difference(wide(dx), expected.dx) < tolerance);
  CHECK(difference(wide(dw), expected.dw) < tolerance);
  CHECK(difference(wide(dbias), expected.dbias) < tolerance);
  backward_weights(dbias.data(), true);
  backward_weights(nullptr, true);
  for (float& value : dw) value /= 3;
  for (float& value : dbias) value /= 2;
  CHECK(difference(wide(dw), expected.dw) < tolerance);
  CHECK(difference(wide(dbias), expected.dbias) < tolerance);
}

}  // namespace

TEST_CASE("a pooled convolution is made where it applies, and nowhere else", "[nn]") {
  for (const ConvGeometry& g : {same_3x3(1, 16, 4, 4), same_3x3(4, 48, 6, 2), same_3x3(32, 64, 2, 2)}) {
    CHECK((make_pooled_conv_kernel<float>(g) != nullptr) == kAvx512BuiltIn);
    CHECK(make_pooled_conv_kernel<double>(g) == nullptr);
  }
  ConvGeometry wide = same_3x3(1, 16, 6, 6), strided = same_3x3(1, 16, 4, 4), bare = same_3x3(1, 16, 4, 4);
  wide.kernel = 5;
  strided.stride = 2;
  bare.pad_left = 0;
  for (const ConvGeometry& g : {same_3x3(1, 16, 3, 4), same_3x3(1, 16, 4, 3), same_3x3(1, 8, 4, 4),
                                same_3x3(5, 16, 4, 4), same_3x3(33, 64, 4, 4), wide, strided, bare})
    CHECK(make_pooled_conv_kernel<float>(g) == nullptr);
}

#ifdef __AVX512F__

TEST_CASE("a pooled convolution's passes are the plain sums", "[nn]") {
  for (const ConvGeometry& g : {same_3x3(1, 16, 4, 6), same_3x3(2, 48, 2, 2), same_3x3(4, 32, 6, 4),
                                same_3x3(32, 64, 6, 10), same_3x3(64, 32, 2, 4)})
    check_pooled(g);
}

TEST_CASE("Winograd's pooled outputs are the means of its rectified outputs, bit by bit", "[nn]") {
  const ConvGeometry g = same_3x3(32, 32, 6, 10);
  const auto plain = make_winograd_conv(g);
  const auto pooled = make_pooled_conv_kernel<float>(g);
  const auto x = random_floats(2 * g.in.size(), 1), w = random_floats(g.weights(), 2),
             bias = random_floats(g.out.channels, 3);
  plain->set_weights(w.data(), bias.data(), Mode::evaluate);
  pooled->set_weights(w.data(), bias.data(), Mode::evaluate);
  std::vector<float> outputs(2 * g.out.size()), means(outputs.size() / 4);
  plain->forward(2, x.data(), outputs.data());
  pooled->forward(2, x.data(), means.data(), nullptr);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    const std::size_t channel = i % 32, column = i / 32 % 5 * 2, row = i / 32 / 5 * 2;  // rows of both images
    const auto rectified = [&](std::size_t r, std::size_t c) {
      return std::max(outputs[((row + r) * 10 + column + c) * 32 + channel], 0.0f);
    };
    wrong += means[i] != 0.25f * (((rectified(0, 0) + rectified(0, 1)) + rectified(1, 0)) + rectified(1, 1));
  }
  CHECK(wrong == 0);
}

TEST_CASE("a NaN passes a pooled convolution, and is found", "[nn]") {
  const ConvGeometry g = same_3x3(1, 16, 4, 4);
  const auto kernel = make_pooled_conv_kernel<float>(g);
  std::vector<float> x(g.in.size(), 1), w(g.weights(), 1), y(g.out.size() / 4);
  w[9] = std::nanf("");  // of channel 1
  kernel->set_weights(w.data(), nullptr, Mode::evaluate);
  kernel->forward(1, x.data(), y.data(), nullptr);
  CHECK(std::isnan(y[1]));
  CHECK(y[0] > 0);
}

#endif

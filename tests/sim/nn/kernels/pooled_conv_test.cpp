// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/pooled_conv.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/nn/kernels/winograd_conv.hpp"
#include "tests/sim/nn/network_harness.hpp"

using namespace steq;

namespace {

ConvGeometry geometry(std::size_t in, std::size_t out, std::size_t height, std::size_t width) {
  return {{in, height, width}, {out, height, width}, 3, 1, 1, 1, 1, 1};
}

}  // namespace

TEST_CASE("a pooled convolution is made where it applies, and nowhere else", "[nn]") {
  for (const ConvGeometry& g : {geometry(1, 16, 4, 4), geometry(4, 48, 6, 2), geometry(32, 64, 2, 2)}) {
    CHECK((make_pooled_conv_kernel<float>(g) != nullptr) == kWinogradBuiltIn);
    CHECK(make_pooled_conv_kernel<double>(g) == nullptr);
  }
  ConvGeometry wide = geometry(1, 16, 6, 6), strided = geometry(1, 16, 4, 4), bare = geometry(1, 16, 4, 4);
  wide.kernel = 5;
  strided.stride = 2;
  bare.pad_left = 0;
  for (const ConvGeometry& g : {geometry(1, 16, 3, 4), geometry(1, 16, 4, 3), geometry(1, 8, 4, 4),
                                geometry(5, 16, 4, 4), geometry(33, 64, 4, 4), wide, strided, bare})
    CHECK(make_pooled_conv_kernel<float>(g) == nullptr);
}

#ifdef __AVX512F__

TEST_CASE("Winograd's pooled outputs are the means of its rectified outputs, bit by bit", "[nn]") {
  const ConvGeometry g = geometry(32, 32, 6, 10);
  const auto plain = make_winograd_conv(g);
  const auto pooled = make_pooled_conv_kernel<float>(g);
  const auto x = test::random_floats(2 * g.in.size(), 1), w = test::random_floats(g.weights(), 2),
             bias = test::random_floats(g.out.channels, 3);
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
  const ConvGeometry g = geometry(1, 16, 4, 4);
  const auto kernel = make_pooled_conv_kernel<float>(g);
  std::vector<float> x(g.in.size(), 1), w(g.weights(), 1), y(g.out.size() / 4);
  w[9] = std::nanf("");  // of channel 1
  kernel->set_weights(w.data(), nullptr, Mode::evaluate);
  kernel->forward(1, x.data(), y.data(), nullptr);
  CHECK(std::isnan(y[1]));
  CHECK(y[0] > 0);
}

#endif

// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/winograd_conv.hpp"

#include <catch2/catch.hpp>

#include "sim/nn/kernels/vector16.hpp"
#include "tests/sim/nn/kernels/plain_sums.hpp"

using namespace steq;
using namespace steq::test;

namespace {

void check_against_plain_sums(const ConvGeometry& g, std::size_t n) {
  const auto kernel = make_winograd_conv(g);
  REQUIRE((kernel != nullptr) == kAvx512BuiltIn);
  if (!kernel) return;
  const auto x = random_floats(n * g.in.size(), 1), w = random_floats(g.weights(), 2),
             dy = random_floats(n * g.out.size(), 3), bias = random_floats(g.out.channels, 4);
  PlainSums plain(g, n, x, w, dy);
  const float broken = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> y(n * g.out.size(), broken), dx(n * g.in.size(), broken), dw(g.weights(), broken);
  kernel->reserve({});
  kernel->set_weights(w.data(), nullptr, Mode::train);
  kernel->forward(n, x.data(), y.data());
  kernel->backward_input(n, dy.data(), dx.data());
  kernel->backward_weights(n, x.data(), dy.data(), dw.data(), false);
  constexpr double tolerance = 1e-5;
  CHECK(difference(wide(y), plain.y) < tolerance);
  CHECK(difference(wide(dx), plain.dx) < tolerance);
  CHECK(difference(wide(dw), plain.dw) < tolerance);
  kernel->backward_weights(n, x.data(), dy.data(), dw.data(), true);
  for (double& value : plain.dw) value *= 2;
  CHECK(difference(wide(dw), plain.dw) < tolerance);
  kernel->set_weights(w.data(), bias.data(), Mode::evaluate);
  kernel->forward(n, x.data(), y.data());
  for (std::size_t i = 0; i < y.size(); ++i) plain.y[i] += double{bias[i % g.out.channels]};
  CHECK(difference(wide(y), plain.y) < tolerance);
}

}  // namespace

TEST_CASE("Winograd's convolution is the plain sums, whatever of a tile lies outside of the image", "[nn]") {
  check_against_plain_sums(same_3x3(32, 64, 14, 14), 3);
  check_against_plain_sums(same_3x3(64, 32, 5, 7), 2);
  check_against_plain_sums(same_3x3(32, 32, 1, 4), 1);
  check_against_plain_sums(same_3x3(96, 32, 8, 9), 1);
  check_against_plain_sums(same_3x3(16, 16, 13, 12), 3);
  check_against_plain_sums(same_3x3(16, 32, 6, 5), 2);
  check_against_plain_sums(same_3x3(64, 48, 9, 8), 2);
}

TEST_CASE("Winograd's convolution is for 3 x 3 pixels, stride 1, one row of padding and multiples of 16", "[nn]") {
  const auto refused = [](const auto& change) {
    ConvGeometry g = same_3x3(32, 32, 8, 8);
    change(g);
    return !make_winograd_conv(g);
  };
  CHECK(refused([](ConvGeometry&) {}) != kAvx512BuiltIn);
  CHECK(refused([](ConvGeometry& g) { g.in.channels = g.out.channels = 256; }) != kAvx512BuiltIn);
  CHECK(refused([](ConvGeometry& g) { g.kernel = 5; }));
  CHECK(refused([](ConvGeometry& g) { g.stride = 2; }));
  CHECK(refused([](ConvGeometry& g) { g.pad_left = 0; }));
  CHECK(refused([](ConvGeometry& g) { g.in.channels = 24; }));
  CHECK(refused([](ConvGeometry& g) { g.out.channels = 40; }));
  CHECK(refused([](ConvGeometry& g) { g.in.channels = g.out.channels = 512; }));
}

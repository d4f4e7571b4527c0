// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/winograd_transforms.hpp"

#include <catch2/catch.hpp>

#include "sim/core/random.hpp"

using namespace steq;

namespace {

template <std::size_t N>
std::array<double, N> random_numbers(RandomStream& random) {
  std::array<double, N> numbers;
  for (double& x : numbers) x = 2 * random.uniform() - 1;
  return numbers;
}

std::array<double, 6> by_entry(const std::array<double, 6>& a, const std::array<double, 6>& b) {
  std::array<double, 6> product;
  for (std::size_t i = 0; i < 6; ++i) product[i] = a[i] * b[i];
  return product;
}

}  // namespace

TEST_CASE("Winograd's transforms give four outputs of three taps, and the gradient of these", "[nn]") {
  RandomStream random(5, Purpose::synthetic_data, 0, 1);
  for (int trial = 0; trial < 100; ++trial) {
    const auto d = random_numbers<6>(random);
    const auto g = random_numbers<3>(random);
    const auto e = random_numbers<4>(random);
    const auto y = winograd::outputs(by_entry(winograd::inputs(d), winograd::taps(g)));
    for (std::size_t i = 0; i < 4; ++i)
      CHECK(y[i] == Approx(d[i] * g[0] + d[i + 1] * g[1] + d[i + 2] * g[2]).margin(1e-13));
    const auto h = winograd::tap_gradients(by_entry(winograd::inputs(d), winograd::output_gradients(e)));
    for (std::size_t k = 0; k < 3; ++k)
      CHECK(h[k] == Approx(d[k] * e[0] + d[k + 1] * e[1] + d[k + 2] * e[2] + d[k + 3] * e[3]).margin(1e-13));
  }
}

TEST_CASE("a transform in two dimensions is that of columns and of rows", "[nn]") {
  std::array<std::array<double, 6>, 6> result{};
  winograd::in_two_dimensions<3, 6, double>(
      winograd::taps, [](std::size_t i, std::size_t j) { return i == 1 && j == 2 ? 1.0 : 0.0; },
      [&](std::size_t i, std::size_t j, double v) { result[i][j] = v; });
  const auto column = winograd::taps(std::array<double, 3>{0, 1, 0}),
             row = winograd::taps(std::array<double, 3>{0, 0, 1});
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) CHECK(result[i][j] == Approx(column[i] * row[j]));
}

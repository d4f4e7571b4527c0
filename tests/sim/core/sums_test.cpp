// SPDX-License-Identifier: MIT
#include "sim/core/sums.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace steq;

TEST_CASE("pairwise_sum adds everything once, whatever the length", "[sums]") {
  for (std::size_t n : {0u, 1u, 2u, 7u, 8u, 9u, 17u, 1000u}) {
    std::vector<double> values(n);
    for (std::size_t i = 0; i < n; ++i) values[i] = static_cast<double>(i + 1);
    CHECK(pairwise_sum(values) == static_cast<double>(n * (n + 1) / 2));
  }
  CHECK(pairwise_sum(3, 6, [](std::size_t i) { return static_cast<double>(i); }) == 12);
}

TEST_CASE("pairwise_sum loses less than a running sum", "[sums]") {
  const std::vector<double> tenths(1 << 20, 0.1);
  double running = 0;
  for (const double x : tenths) running += x;
  const double exact = 0.1 * (1 << 20);  // a power of two times the same double
  CHECK(pairwise_sum(tenths) == Approx(exact).epsilon(1e-15));
  CHECK(running != Approx(exact).epsilon(1e-13));
}

TEST_CASE("products are rounded before they are added", "[core]") {
  volatile double a = 1 + 0x1p-30;
  const double product = a * a, exact_tail = 0x1p-60;
  // A fused multiply-add would keep the tail that the rounded product has lost.
  CHECK(a * a - product == 0);
  CHECK(std::fma(a, a, -product) == exact_tail);
}

// SPDX-License-Identifier: MIT
#include "sim/estimators/maximum.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace steq;

TEST_CASE("maximum finds a peak inside and at either end", "[maximum]") {
  CHECK(maximum([](double x) { return x * std::exp(-x); }, 0, 5) == Approx(std::exp(-1)).epsilon(1e-14));
  CHECK(maximum([](double x) { return x * x; }, 0, 3) == 9);
  CHECK(maximum([](double x) { return -x; }, 2, 3) == -2);
}

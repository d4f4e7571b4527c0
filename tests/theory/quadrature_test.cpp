// SPDX-License-Identifier: MIT
#include "theory/quadrature.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace steq;

TEST_CASE("integrate knows elementary integrals", "[quadrature]") {
  CHECK(integrate([](double x) { return std::exp(x); }, 0, 1) == Approx(std::exp(1.0) - 1).epsilon(1e-14));
  CHECK(integrate([](double x) { return 1 / (1 + 1e4 * x * x); }, 0, 1) ==
        Approx(std::atan(100.0) / 100).epsilon(1e-13));
  CHECK(integrate([](double x) { return std::exp(300 * x); }, 0, 1) == Approx(std::expm1(300) / 300).epsilon(1e-12));
  CHECK(integrate([](double) { return 1.0; }, 0.25, 0.25) == 0);
}

TEST_CASE("integrate splits at kinks", "[quadrature]") {
  int calls = 0;
  const auto steps = [&](double x) { return ++calls, x < 0.1 ? 1.0 : x < 0.7 ? 5.0 : 0.25; };
  CHECK(integrate(steps, 0, 1, {0.7, 0.1, -3, 2, 0.7}) == Approx(0.1 + 3 + 0.075).epsilon(1e-15));
  CHECK(calls <= 3 * 31);
}

TEST_CASE("integrate says infinity for a divergent integral", "[quadrature]") {
  CHECK(std::isinf(integrate([](double x) { return 1 / (1 - x); }, 0, 1)));
  CHECK(std::isinf(integrate([](double) { return std::nan(""); }, 0, 1)));
  CHECK(std::isinf(integrate([](double x) { return x > 0.5 ? 1 / 0.0 : 1; }, 0, 1)));
}

TEST_CASE("find_root inverts an increasing function and stays inside", "[quadrature]") {
  const auto cube = [](double x) { return x * x * x; };
  CHECK(find_root(cube, 0.3, 0, 2) == Approx(std::cbrt(0.3)).epsilon(1e-15));
  CHECK(find_root(cube, 1e-30, 0, 2) == Approx(1e-10).epsilon(1e-9));
  CHECK(find_root(cube, -1, 0, 2) == 0);
  CHECK(find_root(cube, 9, 0, 2) == 2);
}

TEST_CASE("find_root goes round infinite ends", "[quadrature]") {
  const auto f = [](double x) { return x < 0 ? -INFINITY : x > 1 ? INFINITY : x * x; };
  CHECK(find_root(f, 0.25, -3, 7) == Approx(0.5).epsilon(1e-15));
}

TEST_CASE("an interval of the size of rounding is integrated like any other", "[quadrature]") {
  const double value = integrate([](double x) { return std::exp(x); }, 1, 1 + 1e-15);
  CHECK(value == Approx((1 + 1e-15 - 1) * std::exp(1)).epsilon(1e-12));
}

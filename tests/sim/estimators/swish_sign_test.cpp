// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("swish-sign is beta at 0 and turns negative at 2.3994 W / beta", "[swish-sign]") {
  const auto estimator = test::estimator("swish-sign:beta=5", "sign:range=0.5");
  CHECK(estimator->derivative(0) == Approx(5));
  CHECK(estimator->derivative(0.2399) > 0);
  CHECK(estimator->derivative(0.2400) < 0);
  CHECK(estimator->bounds().lower < 0);
  CHECK_FALSE(estimator->traits().positive);
  CHECK(test::estimator("swish-sign:beta=2.39", "sign")->traits().positive);
}

TEST_CASE("swish-sign differentiates 2 s (1 + x (1 - s)) - 1", "[swish-sign]") {
  const auto estimator = test::estimator("swish-sign:beta=5", "sign:range=2");
  for (const double w : {-1.9, -0.3, 0.4, 1.1}) {
    const double x = 5 * w / 2, s = 1 / (1 + std::exp(-x));
    CHECK(estimator->surrogate(w) == Approx(2 * (2 * s * (1 + x * (1 - s)) - 1)));
  }
}

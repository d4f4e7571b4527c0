// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("approx-sign is 2 - 2 |w| / W with two levels", "[approx-sign]") {
  const auto estimator = test::estimator("approx-sign", "sign:range=0.8");
  for (const double w : {0.0, 0.1, -0.5, 0.8}) CHECK(estimator->derivative(w) == Approx(2 - 2 * std::abs(w) / 0.8));
  CHECK(estimator->derivative(0.81) == 0);
}

TEST_CASE("approx-sign repeats its triangle on more levels", "[approx-sign]") {
  const auto estimator = test::estimator("approx-sign", "uniform:bits=2,range=1.5");  // delta = 1
  CHECK(estimator->derivative(1.25) == Approx(1));
  CHECK(estimator->derivative(0.5) == Approx(0).margin(1e-15));
  CHECK(std::isinf(estimator->reciprocal_integral(0.5).value()));
}

// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("reste is constant up to m, a root from there to t, and 0 beyond", "[reste]") {
  const auto estimator = test::estimator("reste:o=3,m=0.1,t=1.5", "sign:range=2");
  for (const double w : {0.0, 0.1, -0.19}) CHECK(estimator->derivative(w) == Approx(std::pow(0.1, -2.0 / 3)));
  for (const double w : {0.21, -1.0, 2.9})
    CHECK(estimator->derivative(w) == Approx(std::pow(std::abs(w) / 2, -2.0 / 3) / 3));
  CHECK(estimator->derivative(3.01) == 0);
  CHECK(estimator->reach() == 3);
}

TEST_CASE("reste with o = 1 is the straight-through estimator, clipped at t", "[reste]") {
  const auto estimator = test::estimator("reste:o=1,t=1", "uniform:bits=2,range=1");
  for (const double w : {0.0, 0.05, -0.5, 1.0}) CHECK(estimator->derivative(w) == 1);
  CHECK(estimator->derivative(1.1) == 0);
  CHECK(estimator->traits().smooth);
}

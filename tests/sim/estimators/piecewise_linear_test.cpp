// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("piecewise-linear is a near the thresholds and what makes the mean 1 elsewhere", "[piecewise-linear]") {
  const auto estimator = test::estimator("piecewise-linear:a=2,share=0.25", "uniform:bits=2,range=1.5");  // delta = 1
  for (const double near : {0.0, 0.12, -0.12, 1.1}) CHECK(estimator->derivative(near) == 2);
  for (const double far : {0.13, -0.2, 0.5, 1.2}) CHECK(estimator->derivative(far) == Approx(0.5 / 0.75));
  CHECK(estimator->kinks() == std::vector<double>{0.125});
  CHECK(estimator->reciprocal_integral(0.5).value() == Approx(0.125 / 2 + 0.375 * 1.5));
  CHECK_FALSE(estimator->traits().smooth);
  CHECK(test::estimator("piecewise-linear:a=1", "sign")->traits().smooth);
}

TEST_CASE("piecewise-linear refuses a pair that leaves nothing for the levels", "[piecewise-linear]") {
  CHECK_THROWS_WITH(test::estimator("piecewise-linear:a=2.5,share=0.4", "sign"),
                    Catch::Contains("a must be below 1 / share = 2.5"));
  for (const char* spec : {"piecewise-linear:a=0", "piecewise-linear:share=1", "piecewise-linear:share=0"})
    CHECK_THROWS_AS(test::estimator(spec, "sign"), InputError);
}

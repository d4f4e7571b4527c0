// SPDX-License-Identifier: MIT
#include "theory/finite_bins.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("beyond the reach 1/q goes on as a constant", "[finite-bins]") {
  const auto estimator = test::estimator("reste:o=2,m=0.25,t=1", "sign:range=1");
  for (const Route route : {Route::closed_form, Route::quadrature}) {
    CHECK(reciprocal_between(*estimator, route, 0, 1) == Approx(0.125 + 4.0 / 3 * (1 - 0.125)).epsilon(1e-13));
    CHECK(reciprocal_between(*estimator, route, 1, 3) == Approx(2 / 0.5).epsilon(1e-13));
    CHECK(reciprocal_between(*estimator, route, -3, -1) == Approx(2 / 0.5).epsilon(1e-13));
    CHECK(reciprocal_between(*estimator, route, -0.5, 2) ==
          Approx(reciprocal_between(*estimator, route, -0.5, 0) + reciprocal_between(*estimator, route, 0, 2)));
  }
}

TEST_CASE("there is one mean for every bin between thresholds, and one for the range where there is no such bin",
          "[finite-bins]") {
  CHECK(harmonic_means(*test::estimator("reste", "uniform:bits=3,range=1"), Route::closed_form).size() == 6);
  const auto means = harmonic_means(*test::estimator("reste:o=2,m=0.25", "sign:range=1"), Route::closed_form);
  REQUIRE(means.size() == 1);
  CHECK(means[0] == Approx(1 / (0.125 + 4.0 / 3 * (1 - 0.125))));
}

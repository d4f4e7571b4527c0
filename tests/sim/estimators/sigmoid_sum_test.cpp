// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

/// Logistic steps at j = -reach..reach, differentiated.
double slow_sum(double temperature, double u, int reach) {
  double sum = 0;
  for (int j = -reach; j <= reach; ++j) sum += temperature / 4 / std::pow(std::cosh(temperature * (u - j) / 2), 2);
  return sum;
}

}  // namespace

TEST_CASE("the infinite sigmoid sum is the sum over very many thresholds", "[sigmoid-sum]") {
  for (const double temperature : {0.5, 2.0, 3.9, 4.0, 6.0, 20.0}) {
    const auto estimator = test::estimator(fmt::format("sigmoid-sum:T={}", temperature), "uniform:bits=2,range=1.5");
    for (const double w : {-1.3, 0.0, 0.1, 0.45})
      CHECK(estimator->derivative(w) == Approx(slow_sum(temperature, w, 200)).epsilon(1e-13));
  }
}

TEST_CASE("the finite sigmoid sum has the thresholds of the grid alone", "[sigmoid-sum]") {
  const auto estimator = test::estimator("sigmoid-sum:T=3,finite=true", "uniform:bits=2,range=1.5");  // delta = 1
  for (const double w : {-1.3, 0.0, 0.1, 1.5})
    CHECK(estimator->derivative(w) == Approx(slow_sum(3, w, 1)).epsilon(1e-13));
  CHECK_FALSE(estimator->traits().periodic);
  CHECK(test::estimator("sigmoid-sum:T=3", "sign")->traits().periodic);
}

TEST_CASE("a very steep sigmoid sum admits that it vanishes at the levels", "[sigmoid-sum]") {
  for (const char* spec : {"sigmoid-sum:T=1000", "sigmoid-sum:T=1000,finite=true"}) {
    const auto estimator = test::estimator(spec, "uniform:bits=2,range=1");
    CHECK(estimator->derivative(0) == Approx(250));
    CHECK(estimator->traits().positive == (estimator->bounds().lower > 0));
    CHECK(std::isfinite(estimator->bounds().lipschitz));
  }
}

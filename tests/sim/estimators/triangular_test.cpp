// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("triangular runs linearly from a at the thresholds to 2 - a at the levels", "[triangular]") {
  const auto estimator = test::estimator("triangular:a=1.6", "uniform:bits=2,range=1.5");  // delta = 1
  CHECK(estimator->derivative(0) == Approx(1.6));
  CHECK(estimator->derivative(0.25) == Approx(1.0));
  CHECK(estimator->derivative(0.5) == Approx(0.4));
  CHECK(estimator->derivative(-1.1) == Approx(1.36));
  CHECK(estimator->bounds().lipschitz == Approx(2.4));
}

TEST_CASE("triangular stays positive in float at the ends of its parameter", "[triangular]") {
  for (const char* spec : {"triangular:a=1e-12", "triangular:a=1.999999999999"}) {
    const auto estimator = test::estimator(spec, "sign:range=1");
    const std::vector<float> w{0, -1, 1, 1e-9f, 0.9999999f};
    std::vector<float> q(w.size(), 1);
    estimator->backward(std::span<const float>(w), std::span<float>(q), BlockPlace{});
    for (const float value : q) CHECK(value > 0);
  }
}

TEST_CASE("triangular's integral of 1/q is continuous at a = 1", "[triangular]") {
  for (const char* spec : {"triangular:a=1", "triangular:a=1.0000000000000002", "triangular:a=0.9999999999"}) {
    const auto estimator = test::estimator(spec, "sign:range=1");
    CHECK(estimator->reciprocal_integral(0.3).value() == Approx(0.3).epsilon(1e-9));
    CHECK(estimator->reciprocal_integral_inverse(0.3).value() == Approx(0.3).epsilon(1e-9));
  }
}

TEST_CASE("triangular refuses a outside (0, 2)", "[triangular]") {
  for (const char* spec : {"triangular:a=0", "triangular:a=2", "triangular:a=-1", "triangular:a=nan", "triangular:a=x"})
    CHECK_THROWS_AS(test::estimator(spec, "sign:range=1"), InputError);
}

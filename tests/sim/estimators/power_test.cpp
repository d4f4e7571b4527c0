// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("power is the derivative of a root", "[power]") {
  const auto estimator = test::estimator("power:o=3", "sign:range=0.5");  // u = w
  for (const double w : {0.01, 0.1, 0.3, 0.5, -0.2}) {
    CHECK(estimator->derivative(w) == Approx(std::pow(2 * std::abs(w), -2.0 / 3) / 3));
    CHECK(estimator->surrogate(w) == Approx(std::copysign(std::cbrt(2 * std::abs(w)) / 2, w)));
  }
}

TEST_CASE("power gives a weight on the threshold a finite positive factor", "[power]") {
  for (const char* spec : {"power:o=3", "power:o=10", "power:o=0.7"}) {
    const auto estimator = test::estimator(spec, "uniform:bits=2,range=1");
    const float w = 0;
    float q = 1;
    estimator->backward(std::span<const float>(&w, 1), std::span<float>(&q, 1), BlockPlace{});
    CHECK((std::isfinite(q) && q > 0));
    CHECK((std::isfinite(estimator->derivative(0)) && estimator->derivative(0) > 0));
  }
}

TEST_CASE("power declares what is unbounded", "[power]") {
  const auto bounds = [](const char* spec) { return test::estimator(spec, "sign:range=0.5")->bounds(); };
  CHECK((std::isinf(bounds("power:o=3").upper) && std::isinf(bounds("power:o=3").lipschitz)));
  CHECK((bounds("power:o=0.7").lower == 0 && std::isinf(bounds("power:o=0.7").lipschitz)));
  CHECK(bounds("power:o=0.4").lipschitz == Approx(2 * 1.5 / 0.4));
  CHECK((bounds("power:o=1").lower == 1 && bounds("power:o=1").upper == 1));
}

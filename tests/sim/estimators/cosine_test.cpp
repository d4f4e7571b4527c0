// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("cosine is 1 + a cos(2 pi u) for either sign of a", "[cosine]") {
  for (const double a : {0.6, -0.6, 0.0, 0.99}) {
    const auto estimator = test::estimator("cosine:a=" + std::to_string(a), "uniform:bits=2,range=1.5");  // delta = 1
    for (const double w : {0.0, 0.1, 0.3, 0.5, -0.2, 1.2})
      CHECK(estimator->derivative(w) == Approx(1 + a * std::cos(2 * std::numbers::pi * w)).margin(1e-13));
    CHECK(estimator->bounds().lipschitz == Approx(2 * std::numbers::pi * std::abs(a)));
  }
}

TEST_CASE("cosine stays positive in float at the ends of its parameter", "[cosine]") {
  for (const char* spec : {"cosine:a=0.999999999999", "cosine:a=-0.999999999999"}) {
    const auto estimator = test::estimator(spec, "sign:range=1");
    const std::vector<float> w{0, -1, 1, 1e-9f, 0.9999999f};
    std::vector<float> q(w.size(), 1);
    estimator->backward(std::span<const float>(w), std::span<float>(q), BlockPlace{});
    for (const float value : q) CHECK(value > 0);
  }
}

TEST_CASE("cosine refuses a outside (-1, 1)", "[cosine]") {
  for (const char* spec : {"cosine:a=1", "cosine:a=-1", "cosine:a=inf"})
    CHECK_THROWS_AS(test::estimator(spec, "sign:range=1"), InputError);
}

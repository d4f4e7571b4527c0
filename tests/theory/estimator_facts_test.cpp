// SPDX-License-Identifier: MIT
#include "theory/estimator_facts.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("the STE is known under every name", "[theory]") {
  for (const char* spec :
       {"ste", "ste:gate=none", "cosine:a=0", "triangular:a=1", "ewgs:delta=0", "stochastic-ste:noise=0", "formula:q=1",
        "formula:q=1+0*w", "formula:q=1+0*g", "formula:q=W/W"})
    CHECK(straight_through(*test::estimator(spec, "uniform:bits=2")));
  for (const char* spec : {"dsq", "cosine:a=0.1", "ewgs", "stochastic-ste", "magnitude-aware", "formula:q=2",
                           "formula:q=1+0.1*g", "formula:q=1+0.1*w"})
    CHECK_FALSE(straight_through(*test::estimator(spec, "uniform:bits=2")));
}

TEST_CASE("the factor of a gradient is what multiplies it", "[theory]") {
  const auto dsq = test::estimator("dsq", "uniform:bits=2,range=1"), ewgs = test::estimator("ewgs", "sign:range=1");
  for (const double g : {-3.0, 1e-3}) CHECK(gradient_factor(*dsq, 0.1, g) == Approx(dsq->derivative(0.1)));
  CHECK(gradient_factor(*ewgs, 0.5, -1) == Approx(1 + 0.2 / 4));  // a quarter of the spacing below its level
  CHECK(gradient_factor(*ewgs, 0.5, 1) == Approx(1 - 0.2 / 4));
  const auto aware = test::estimator("magnitude-aware", "sign:range=1");
  CHECK(gradient_factor(*aware, 0.5, 1, {.magnitude = 0.25}) == 0.5);
}

TEST_CASE("the spread is that of the factors that are drawn", "[theory]") {
  CHECK(factor_spread(*test::estimator("dsq", "uniform:bits=2")) == 0);
  const auto noisy = test::estimator("stochastic-ste:noise=0.5", "uniform:bits=2");
  std::vector<double> w(kBlock, 0.1);
  double square = 0;
  for (Step step = 0; step < 200; ++step) {
    std::vector<double> factor(kBlock, 1);
    noisy->backward(std::span<const double>(w), std::span<double>(factor), {.step = step});
    for (const double f : factor) square += (f - 1) * (f - 1);
  }
  CHECK(factor_spread(*noisy) == Approx(std::sqrt(square / (200 * kBlock))).epsilon(0.01));
}

TEST_CASE("the slope is the derivative of q", "[theory]") {
  const auto cosine = test::estimator("cosine:a=0.6", "uniform:bits=2,range=1.5");  // bins of width 1
  for (const double w : {-1.3, -0.2, 0.1, 0.4, 1.7})
    CHECK(slope_at(*cosine, w) ==
          Approx(-1.2 * std::numbers::pi * std::sin(2 * std::numbers::pi * w)).epsilon(1e-8).margin(1e-9));
}

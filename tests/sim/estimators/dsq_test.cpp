// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("dsq has the constants of the published settings", "[dsq]") {
  struct Row {
    const char* estimator;
    const char* grid;
    double lower, upper, lipschitz;
  };
  const Row rows[] = {{"dsq:k=2", "uniform:bits=1,range=1", 0.146574, 2.074629, 3.1941},
                      {"dsq:k=6.5", "uniform:bits=2,range=1", 0.113759, 2.224292, 11.1297},
                      {"dsq:k=18", "uniform:bits=4,range=1", 0.439060, 1.439445, 19.9455}};
  for (const Row& row : rows) {
    INFO(row.estimator);
    const EstimatorBounds bounds = test::estimator(row.estimator, row.grid)->bounds();
    CHECK(bounds.lower == Approx(row.lower).epsilon(0).margin(1e-6));
    CHECK(bounds.upper == Approx(row.upper).epsilon(0).margin(1e-6));
    CHECK(bounds.lipschitz == Approx(row.lipschitz).epsilon(0).margin(1e-4));
  }
}

TEST_CASE("dsq is the derivative of a scaled tanh around each threshold", "[dsq]") {
  const auto estimator = test::estimator("dsq:k=6.5", "uniform:bits=2,range=1");
  CHECK(estimator->derivative(0.1) == Approx(1.497379089537).epsilon(1e-12));
  const double e = 6.5 / 3, kappa = 6.5, cosh = std::cosh(kappa * 0.1);
  CHECK(estimator->derivative(-2.0 / 3 + 0.1) == Approx(e / std::tanh(e) / (cosh * cosh)).epsilon(1e-12));
}

TEST_CASE("dsq by its authors' a has one steepness for all bit widths", "[dsq]") {
  for (const double a : {0.05, 0.2, 0.4, 0.999}) {
    const double e = std::atanh(1 - a);
    for (const char* grid : {"uniform:bits=2,range=1", "uniform:bits=8,range=0.4", "sign:range=2"}) {
      const auto estimator = test::estimator(fmt::format("dsq:a={}", a), grid);
      const double delta = estimator->grid().delta;
      for (const double u : {0.0, 0.1, -0.25, 0.5})
        CHECK(estimator->unmasked_derivative(u * delta) ==
              Approx(e / std::tanh(e) / std::pow(std::cosh(2 * e * u), 2)).epsilon(1e-12));
    }
  }
  const auto by_k = test::estimator(fmt::format("dsq:k={:.17g}", 15 * std::atanh(0.6)), "uniform:bits=4");
  CHECK(test::estimator("dsq:a=0.4", "uniform:bits=4")->derivative(0.1) ==
        Approx(by_k->derivative(0.1)).epsilon(1e-13));
}

TEST_CASE("dsq takes k or a, and a in (0, 1)", "[dsq]") {
  CHECK_THROWS_WITH(test::estimator("dsq:a=0.4,k=6.5", "sign"),
                    "estimator.k: not allowed beside a; allowed: k or a, not both");
  for (const char* spec : {"dsq:a=0", "dsq:a=1", "dsq:a=-0.1", "dsq:a=nan"})
    CHECK_THROWS_WITH(test::estimator(spec, "sign"), Catch::Contains("allowed: a number in (0, 1)"));
  const auto steep = test::estimator("dsq:a=1e-320", "sign:range=1");
  CHECK(steep->derivative(0) == Approx((std::log(2) - std::log(1e-320)) / 2).epsilon(1e-3));
  CHECK(test::estimator("dsq:a=0.9999999999", "sign")->derivative(0.3) == Approx(1).epsilon(1e-9));
}

TEST_CASE("dsq depends on the ratio of weight and range alone", "[dsq]") {
  const auto one = test::estimator("dsq", "uniform:bits=2,range=1");
  const auto other = test::estimator("dsq", "uniform:bits=2,range=0.25");
  CHECK(one->derivative(0.2) == Approx(other->derivative(0.05)).epsilon(1e-12));
}

TEST_CASE("a nearly flat dsq is the straight-through estimator", "[dsq]") {
  for (const char* spec : {"dsq:k=1e-3", "dsq:k=1e-7", "dsq:k=1e-9", "dsq:k=1e-300", "dsq:k=5e-324"}) {
    INFO(spec);
    const auto estimator = test::estimator(spec, "uniform:bits=8,range=1");
    CHECK(estimator->derivative(0.3) == Approx(1).epsilon(1e-9));
    CHECK(estimator->surrogate(0.3) == Approx(0.3).epsilon(1e-9));
    CHECK(estimator->bounds().lower == Approx(1).epsilon(1e-9));
    CHECK(estimator->bounds().upper == Approx(1).epsilon(1e-9));
    CHECK(estimator->reciprocal_integral(0.25).value() == Approx(0.25).epsilon(1e-9));
  }
}

TEST_CASE("a very steep dsq stays finite and admits that it vanishes", "[dsq]") {
  for (const double k : {50.0, 300.0, 360.0, 400.0, 1000.0}) {
    INFO(k);
    const auto estimator = test::estimator("dsq:k=" + std::to_string(k), "sign:range=1");
    const EstimatorBounds bounds = estimator->bounds();
    CHECK(estimator->derivative(0) == Approx(k).epsilon(1e-12));
    CHECK(estimator->derivative(1) == Approx(bounds.lower).margin(1e-300));
    CHECK(std::isfinite(bounds.lipschitz));
    CHECK(bounds.lower >= 0);
    CHECK(estimator->traits().positive == (k < 370));  // coth(e) e sech^2(e) is below the smallest double from 375 on
    CHECK(estimator->surrogate(0.5) == Approx(1));
    CHECK_FALSE(std::isnan(estimator->reciprocal_integral(0.5).value()));
    float w = 1, q = 1;
    estimator->backward(std::span<const float>(&w, 1), std::span<float>(&q, 1), BlockPlace{});
    CHECK((std::isfinite(q) && q >= 0));
  }
}

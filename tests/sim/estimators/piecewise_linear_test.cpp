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
  CHECK_THROWS_WITH(
      test::estimator("piecewise-linear:a=2.5,share=0.4", "sign"),
      "estimator.a: 2.5 is not allowed with share = 0.4: q at the levels would not be positive; allowed: a "
      "number below 1 / share = 2.5");
  for (const char* spec : {"piecewise-linear:a=0", "piecewise-linear:share=1", "piecewise-linear:share=0"})
    CHECK_THROWS_AS(test::estimator(spec, "sign"), InputError);
}

TEST_CASE("piecewise-linear by knots: the last piece makes the mean 1", "[piecewise-linear]") {
  const auto estimator =
      test::estimator("piecewise-linear:knots=0.1:2;0.3:1", "uniform:bits=2,range=1.5");  // delta = 1
  for (const double w : {0.05, -0.09, 1.05}) CHECK(estimator->derivative(w) == 2);
  for (const double w : {0.11, -0.29, 0.8}) CHECK(estimator->derivative(w) == 1);
  for (const double w : {0.31, -0.5, 0.6, 1.5}) CHECK(estimator->derivative(w) == Approx(0.5));
  CHECK(estimator->kinks() == std::vector<double>{0.1, 0.3});
  CHECK(estimator->reciprocal_integral(0.5).value() == Approx(0.1 / 2 + 0.2 + 0.2 / 0.5));
  for (const double u : {0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.5})
    CHECK(estimator->reciprocal_integral_inverse(estimator->reciprocal_integral(u).value()).value() == Approx(u));
}

TEST_CASE("knots that are none are refused with what is wrong and what is allowed", "[piecewise-linear]") {
  const auto refuses = [](const std::string& knots, const std::string& why) {
    CHECK_THROWS_WITH(test::estimator("piecewise-linear:knots=" + knots, "sign"),
                      Catch::StartsWith("estimator.knots: \"" + knots + "\" is not allowed: " + why) &&
                          Catch::Contains("allowed: END:SLOPE"));
  };
  refuses("0.1:x", "\"0.1:x\" is not END:SLOPE");
  refuses("a:1", "\"a:1\" is not END:SLOPE");
  refuses("0.1:1:2", "\"0.1:1:2\" is not END:SLOPE");
  refuses("0.1:1;", "\"\" is not END:SLOPE");
  refuses("0.3:1;0.1:2", "END 0.1 is not in (0.3, 0.5)");
  refuses("0.5:1", "END 0.5 is not in (0, 0.5)");
  refuses("nan:1", "END nan is not in (0, 0.5)");
  refuses("0.1:0", "SLOPE 0 is not a number > 0");
  refuses("0.1:inf", "SLOPE inf is not a number > 0");
  refuses("0.25:2", "the pieces rise by 0.5, and nothing is left for the last one");
}

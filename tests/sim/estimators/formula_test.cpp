// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/recipes.hpp"

using namespace steq;
using Catch::Matchers::Contains;

namespace {

constexpr const char* kDeltaOne = "uniform:bits=2,range=1.5";  // levels -1.5, -0.5, 0.5, 1.5

std::unique_ptr<Estimator> formula(const std::string& q, const std::string& grid = kDeltaOne) {
  return test::estimator("formula:q=" + q, grid);
}

}  // namespace

TEST_CASE("a formula that a built-in estimator has too gives the same q", "[formula]") {
  const std::pair<const char*, const char*> pairs[] = {
      {"1+0.6*cos(2*pi*u)", "cosine:a=0.6"},
      {"1.6-2.4*abs(u)", "triangular:a=1.6"},
      {"2-4*abs(u)", "approx-sign"},
      {"abs(u)<0.1?2:abs(u)<0.3?1:0.1/0.2", "piecewise-linear:knots=0.1:2;0.3:1"},
      {"2.5/tanh(2.5)/cosh(5*u)^2", "dsq:k=7.5"},
      {"1-0.6*cos(2*pi*u),from=level", "cosine:a=0.6"}};
  for (const auto& [q, spec] : pairs) {
    const auto own = formula(q), built_in = test::estimator(spec, kDeltaOne);
    INFO(q);
    CHECK(own->traits().periodic);
    CHECK(own->traits().smooth == built_in->traits().smooth);
    CHECK(own->traits().positive);
    CHECK(own->bounds().lower == Approx(built_in->bounds().lower).epsilon(1e-9).margin(1e-12));
    CHECK(own->bounds().upper == Approx(built_in->bounds().upper).epsilon(1e-9));
    CHECK(own->bounds().lipschitz == Approx(built_in->bounds().lipschitz).epsilon(1e-8));
    for (int i = 0; i < 500; ++i) {
      const double w = test::scattered(i, -1.6, 1.6);
      CHECK(own->derivative(w) == Approx(built_in->derivative(w)).epsilon(0).margin(1e-12));
      CHECK(own->surrogate(w) == Approx(built_in->surrogate(w)).epsilon(0).margin(1e-12));
    }
  }
}

TEST_CASE("u counts from the threshold, or from the level", "[formula]") {
  const auto from_threshold = formula("1+u"), from_level = formula("1+u,from=level");
  const std::pair<double, double> thresholds[] = {{0.1, 0.1}, {-0.3, -0.3}, {0.7, -0.3}, {1.4, 0.4}, {-1.5, -0.5}};
  for (const auto& [w, u] : thresholds) CHECK(from_threshold->derivative(w) == Approx(1 + u));
  const std::pair<double, double> levels[] = {{0.1, -0.4}, {-0.3, 0.2}, {0.7, 0.2}, {1.4, -0.1}, {-1.4, 0.1}};
  for (const auto& [w, u] : levels) CHECK(from_level->derivative(w) == Approx(1 + u));
  CHECK(from_threshold->derivative(1.5) == 1.5);  // the end of the range belongs to the last bin
  CHECK(from_threshold->derivative(1.51) == 0);
}

TEST_CASE("an asymmetric formula jumps where its ends meet, if they differ", "[formula]") {
  const auto smooth = [](const char* q, const char* grid) { return formula(q, grid)->traits().smooth; };
  CHECK_FALSE(smooth("1+u", kDeltaOne));
  CHECK(smooth("1+u", "sign:range=1"));  // the ends of the range do not meet
  CHECK_FALSE(smooth("1+u,from=level", "sign:range=1"));
  CHECK(smooth("1+0.5*sin(2*pi*u)", kDeltaOne));
  CHECK(smooth("1+0.5*sin(2*pi*u),from=level", kDeltaOne));
  CHECK_FALSE(formula("1+u")->traits().periodic);
  CHECK(formula("1+u", "sign:range=1")->bounds().lipschitz == Approx(0.5));
}

TEST_CASE("a formula's traits follow from its values", "[formula]") {
  CHECK_FALSE(formula("max(0,1-4*abs(u))")->traits().positive);
  CHECK(formula("abs(u)")->traits().positive);
  CHECK(formula("abs(u)")->bounds().lower == 0);
  CHECK_FALSE(formula("abs(u)<0.25?1:2")->traits().smooth);
  const auto hat = formula("2-abs(abs(u)-0.125)");
  REQUIRE(hat->kinks().size() == 1);
  CHECK(hat->kinks()[0] == Approx(0.125).margin(2e-8));
  const auto from_level = formula("2-abs(abs(u)-0.125),from=level");
  REQUIRE(from_level->kinks().size() == 1);
  CHECK(from_level->kinks()[0] == Approx(0.375).margin(2e-8));
}

TEST_CASE("a formula need not have mean 1", "[formula]") {
  const auto estimator = formula("3");
  CHECK(estimator->derivative(0.2) == 3);
  CHECK(estimator->surrogate(1.2) == Approx(3.6));
}

TEST_CASE("a formula that looks like a number is one", "[formula]") {
  CHECK(formula("1")->derivative(0.2) == 1);
  CHECK(formula("2.5")->derivative(0.2) == 2.5);
  const Values values{{"q", Value(0.25)}};
  CHECK(estimator_registry().make({"formula", values}, "", test::quantizer("sign")->grid())->derivative(0) == 0.25);
}

TEST_CASE("a formula that is no estimator is refused with the place and what is allowed", "[formula]") {
  const auto refuses = [](const std::string& q, const std::string& why) {
    CHECK_THROWS_WITH(formula(q), Catch::StartsWith("estimator.q: \"") && Contains(why) && Contains("; allowed: "));
  };
  refuses("1+foo(u)", "unknown name at index 2, \"foo\"");
  refuses("1+", "does not parse");
  refuses("", "is empty");
  refuses("u=1", "assigns at index 1");
  refuses("0", "is 0 everywhere");
  refuses("u-u", "is 0 everywhere");
  refuses("1/abs(u)", "is inf at u = 0; allowed: a finite number >= 0 for every u in [-1/2, 1/2]");
  refuses("sqrt(u)", "is NaN at u = -0.5");
  refuses("u", "is -0.5 at u = -0.5");
  refuses("1-2.001*abs(u)", "at u = -0.5");
  refuses("1-1.5*exp(-1e7*(u-0.10001)^2)", "allowed: a finite number >= 0");  // dips below 0 between two samples
  CHECK_THROWS_WITH(test::estimator("formula", "sign"), "estimator.q: missing; required is a formula");
  CHECK_THROWS_WITH(formula("1,from=here"), Contains("\"threshold\" or \"level\""));
  CHECK_THROWS_WITH(estimator_registry().make({"formula", {{"q", Value(true)}}}, "e", test::quantizer("sign")->grid()),
                    "e.q: true is not allowed; allowed: a formula");
}

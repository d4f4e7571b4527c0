// SPDX-License-Identifier: MIT
#include "sim/core/jet.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "sim/core/errors.hpp"
#include "tests/recipes.hpp"

using namespace steq;

namespace {

struct Case {
  const char* name;
  std::function<double(double)> plain;
  std::function<Jet(const Jet&)> jet;
};

/// One line for both: `x` is a double in the first and a Jet in the second.
#define STEQ_CASE(expression)                                                                                  \
  Case {                                                                                                       \
#expression, [](double x) { using namespace std; return expression; }, [](const Jet& x) { return expression; } \
  }

double squared(double x) { return x * x; }
Jet squared(const Jet& x) { return square(x); }

const std::vector<Case>& cases() {
  static const std::vector<Case> all{STEQ_CASE(x + 1.0 / x),
                                     STEQ_CASE(x * x * x - 3.0 * x),
                                     STEQ_CASE(exp(-2.0 * x) / (1.0 + x)),
                                     STEQ_CASE(log(x) * x),
                                     STEQ_CASE(sin(3.0 * x)),
                                     STEQ_CASE(cos(3.0 * x)),
                                     STEQ_CASE(tanh(x)),
                                     STEQ_CASE(sinh(x)),
                                     STEQ_CASE(cosh(x)),
                                     STEQ_CASE(sqrt(x)),
                                     STEQ_CASE(pow(x, -0.6)),
                                     STEQ_CASE(abs(x - 5.0)),
                                     STEQ_CASE(squared(x) - x),
                                     STEQ_CASE(-exp(x))};
  return all;
}

bool holds(const Interval& interval, double x, double tolerance) {
  return interval.lower() - tolerance <= x && x <= interval.upper() + tolerance;
}

}  // namespace

TEST_CASE("a jet holds value, slope and curvature at every point of its interval", "[jet]") {
  for (const Case& c : cases()) {
    INFO(c.name);
    for (int i = 0; i < 50; ++i) {
      const double low = test::scattered(2 * i, 0.1, 2), high = low + 0.1 * test::scattered(2 * i + 1, 0, 1);
      const Jet jet = c.jet(Jet::variable({low, high}));
      for (const double share : {0.0, 0.3, 0.8, 1.0}) {
        const double x = low + share * (high - low), h = 1e-4;
        const double left = c.plain(x - h), middle = c.plain(x), right = c.plain(x + h);
        CHECK(holds(jet.value, middle, 0));
        CHECK(holds(jet.slope, (right - left) / (2 * h), 1e-4));
        CHECK(holds(jet.curvature, (right - 2 * middle + left) / (h * h), 1e-2));
      }
    }
  }
}

TEST_CASE("at a point a jet is as narrow as rounding", "[jet]") {
  for (const Case& c : cases()) {
    const Jet jet = c.jet(Jet::variable(0.7));
    for (const Interval& part : {jet.value, jet.slope, jet.curvature}) CHECK(width(part) <= 1e-13 * (1 + norm(part)));
  }
}

TEST_CASE("across a kink a jet holds both slopes and no curvature", "[jet]") {
  const Jet x = Jet::variable({-1, 2});
  CHECK((abs(x).slope.lower() == -1 && abs(x).slope.upper() == 1 && abs(x).value.upper() == 2));
  CHECK(width(abs(x).curvature) == kUnbounded);
  CHECK((max(x, 1.0).slope.lower() == 0 && max(x, 1.0).value.lower() == 1));
  CHECK((min(x, 1.0).slope.upper() == 1 && min(x, 1.0).value.upper() == 1));
  CHECK(abs(Jet::variable({0, 2})).slope.lower() == 1);
  CHECK(abs(Jet::variable({-2, 0})).slope.upper() == -1);
}

TEST_CASE("comparisons of intervals that overlap are refused", "[jet]") {
  const Jet x = Jet::variable({0, 1}), y = Jet::variable({1, 2});
  CHECK(x < y);
  CHECK_FALSE(y < x);
  CHECK_FALSE(y <= x);
  CHECK(Jet(1.0) <= Jet(1.0));
  CHECK(Jet::variable({0.5 - 1e-16, 1}) > Jet(0.5));
  CHECK_THROWS_AS(x < Jet(0.5), Undecided);
  CHECK_THROWS_AS(x >= Jet(0.999), Undecided);
  CHECK_THROWS_AS(pow(x, x), DomainError);
}

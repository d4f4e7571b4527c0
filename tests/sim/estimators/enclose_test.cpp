// SPDX-License-Identifier: MIT
// Every enclosure that an estimator gives must hold what the same estimator computes in double precision.
#include <catch2/catch.hpp>

#include "tests/recipes.hpp"
#include "tests/sim/estimators/every_estimator.hpp"

using namespace steq;

namespace {

struct Coordinate {
  const Estimator& estimator;

  double end() const { return estimator.traits().periodic ? 0.5 : estimator.grid().range; }
  double delta() const { return estimator.traits().periodic ? estimator.grid().delta : 1; }
  double q(double x) const {
    const Grid& grid = estimator.grid();
    const double middle = estimator.traits().periodic ? grid.thresholds[grid.thresholds.size() / 2] : 0;
    return estimator.unmasked_derivative(middle + x * delta());
  }
};

bool encloses(const Interval& interval, double x, double tolerance) {
  return interval.lower() - tolerance <= x && x <= interval.upper() + tolerance;
}

void check_enclosure(const Coordinate& c, double low, double high) {
  const auto jet = c.estimator.enclose(Interval(low, high));
  if (!jet) return;  // across a kink
  const double scale = norm(jet->value) + 1e-300, slopes = norm(jet->slope);
  for (const double share : {0.05, 0.5, 0.95}) {
    const double x = low + share * (high - low), h = 1e-3 * (high - low);
    // The weight's way to the coordinate and back costs some ulps of it.
    CHECK(encloses(jet->value, c.q(x), 1e-15 * scale + 1e-15 * c.end() * slopes));
    CHECK(encloses(jet->slope, (c.q(x + h) - c.q(x - h)) / (2 * h), 1e-9 * slopes + 1e-13 * scale / h));
  }
}

}  // namespace

TEST_CASE("enclosures hold double evaluations and their differences", "[estimators][enclose]") {
  int enclosed = 0;
  for (const char* grid : {"uniform:bits=2,range=1", "uniform:bits=3,range=0.2", "sign:range=0.7"})
    for (const std::string& spec : test::estimator_specs()) {
      INFO(spec << " on " << grid);
      const auto estimator = test::estimator(spec, grid);
      const Coordinate c{*estimator};
      for (int i = 0; i < 60; ++i) {
        const double low = test::scattered(2 * i, 0.001, 0.99) * c.end();
        const double width = (i % 3 ? 1e-3 : 1) * test::scattered(2 * i + 1, 0.001, 1) * (0.999 * c.end() - low);
        check_enclosure(c, low, low + width);
        enclosed += estimator->enclose(Interval(low, low + width)).has_value();
      }
    }
  CHECK(enclosed > 5000);
}

TEST_CASE("what is no function of the weight alone has no enclosure", "[estimators][enclose]") {
  for (const std::string& spec : test::estimator_specs()) {
    INFO(spec);
    const auto estimator = test::estimator(spec, "uniform:bits=2,range=1");
    if (test::modulated(*estimator)) CHECK_FALSE(estimator->enclose(Interval(0.1, 0.11)));
  }
  CHECK(test::estimator("dsq", "sign:range=1")->enclose(Interval(0.1, 0.11)));
}

TEST_CASE("an interval across a kink is undecided", "[estimators][enclose]") {
  const auto steps = test::estimator("piecewise-linear:a=1.6,share=0.5", "uniform:bits=2,range=1");
  CHECK_FALSE(steps->enclose(Interval(0.2, 0.3)));
  REQUIRE(steps->enclose(Interval(0.2, 0.25)));
  CHECK(steps->enclose(Interval(0.2, 0.25))->value.upper() == 1.6);
  CHECK(steps->enclose(Interval(0.25, 0.3))->value.upper() == Approx(0.4));
}

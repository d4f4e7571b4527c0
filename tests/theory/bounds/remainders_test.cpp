// SPDX-License-Identifier: MIT
#include "theory/bounds/remainders.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"
#include "theory/quadrature.hpp"

using namespace steq;

namespace {

/// |integral of alpha / q(s) - alpha / q(w)| over the step, by quadrature.
double curvature(const Estimator& estimator, double alpha, double w, double s) {
  const Grid& grid = estimator.grid();
  std::vector<double> kinks;
  for (int j = -60; j <= 60; ++j) kinks.push_back(j * grid.delta / 2);
  const double low = std::min(w, w + s), high = std::max(w, w + s), at = estimator.unmasked_derivative(w);
  const double whole = integrate([&](double x) { return alpha / estimator.unmasked_derivative(x); }, low, high, kinks);
  return std::abs(whole - alpha / at * (high - low));
}

}  // namespace

TEST_CASE("every remainder is the formula of its declaration", "[bounds]") {
  const StepConstants c{0.4, {0.2, 1.7, 3}};
  const double q = 0.9, s = -0.02, y = 3 * 0.02 / 0.9;
  CHECK(remainders::global(c, q, s) == Approx(0.4 * 3 * 1.7 / (2 * 0.2) * std::pow(s / q, 2)));
  CHECK(remainders::half_global(c, q, s) == Approx(0.4 * 3 * s * s / (2 * q * 0.2)));
  CHECK(remainders::local(c, q, s) == Approx(0.4 * 3 * s * s / (2 * q * (q - 3 * 0.02))));
  CHECK(remainders::local(c, q, 1) == Approx(0.4 * 3 / (2 * q * 0.2)));  // L- is the better lower bound
  CHECK(remainders::logarithmic(c, q, s) == Approx(0.4 / 3 * (-std::log(1 - y) - y)));
  CHECK(remainders::reciprocal(c, q, s) == Approx(0.4 / 2 * 3 / (0.2 * 0.2) * s * s));
}

TEST_CASE("for small steps the logarithm loses no digits", "[bounds]") {
  const StepConstants c{0.4, {0.2, 1.7, 3}};
  for (const double y : {1e-12, 1e-6, 0.00099, 0.00101, 0.01}) {
    double series = 0;  // sum of y^n / n from n = 2
    for (int n = 12; n >= 2; --n) series += std::pow(y, n) / n;
    CHECK(remainders::logarithmic(c, 0.9, y * 0.9 / 3) == Approx(0.4 / 3 * series).epsilon(1e-12));
  }
  CHECK(remainders::logarithmic({0.4, {1, 1, 0}}, 1, 0.5) == 0);
  CHECK(remainders::logarithmic(c, 0.9, 0) == 0);
}

TEST_CASE("no remainder is below the curvature of M on any step", "[bounds]") {
  for (const char* grid : {"uniform:bits=1,range=0.5", "uniform:bits=2,range=1", "uniform:bits=4,range=1"})
    for (const char* spec : {"dsq:k=6.5", "triangular:a=1.6", "triangular:a=0.4", "cosine:a=0.6", "cosine:a=-0.9"}) {
      const auto estimator = test::estimator(spec, grid);
      const StepConstants c{0.7, estimator->bounds()};
      for (int i = 0; i < 300; ++i) {
        const double w = test::scattered(7 * i, -1, 1);
        const double s = std::copysign(std::pow(10, test::scattered(3 * i, -5, 0)), i % 2 ? 1 : -1);
        const double q = estimator->unmasked_derivative(w), truth = curvature(*estimator, 0.7, w, s);
        CAPTURE(grid, spec, w, s);
        for (const auto remainder : {remainders::global, remainders::half_global, remainders::local,
                                     remainders::logarithmic, remainders::reciprocal})
          CHECK(truth <= remainder(c, q, s) + 1e-12);
      }
    }
}

TEST_CASE("a step down a straight flank attains the logarithm", "[bounds]") {
  const auto estimator = test::estimator("triangular:a=1.6", "uniform:bits=1,range=0.5");
  const StepConstants c{1, estimator->bounds()};
  for (const double s : {0.001, 0.1, 0.35}) {
    const double q = estimator->unmasked_derivative(0.1);
    CHECK(curvature(*estimator, 1, 0.1, s) == Approx(remainders::logarithmic(c, q, s)).epsilon(1e-10));
  }
}

TEST_CASE("where a condition is not met there is no remainder", "[bounds]") {
  const StepConstants jumps{0.4, {0.2, 1.7, kInfinity}}, touching{0.4, {0, 1.7, 3}},
      unbounded{0.4, {0.2, kInfinity, 3}};
  for (const auto remainder : {remainders::global, remainders::half_global, remainders::local, remainders::logarithmic,
                               remainders::reciprocal})
    CHECK_FALSE(std::isfinite(remainder(jumps, 0.9, 0.01)));
  for (const auto remainder : {remainders::global, remainders::half_global, remainders::reciprocal})
    CHECK_FALSE(std::isfinite(remainder(touching, 0.9, 0.01)));
  CHECK_FALSE(std::isfinite(remainders::global(unbounded, 0.9, 0.01)));
  CHECK(std::isfinite(remainders::logarithmic(touching, 0.9, 0.2999)));
  CHECK_FALSE(std::isfinite(remainders::logarithmic(touching, 0.9, 0.301)));
  CHECK(std::isfinite(remainders::local(touching, 0.9, 0.2999)));
  CHECK_FALSE(std::isfinite(remainders::local(touching, 0.9, -0.301)));
}

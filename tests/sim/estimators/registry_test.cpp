// SPDX-License-Identifier: MIT
// What every registered estimator must satisfy.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/plugin_files.hpp"
#include "tests/recipes.hpp"

using namespace steq;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

template <class Body>
void for_all(const Body& body) {
  for (const std::string& grid : test::grid_specs())
    for (const std::string& spec : test::estimator_specs()) {
      INFO(spec << " on " << grid);
      body(*test::estimator(spec, grid));
    }
}

bool clips(const Estimator& estimator) { return estimator.derivative(2 * estimator.grid().range) == 0; }

/// A length over which q changes little.
double scale(const Estimator& estimator) {
  const EstimatorBounds bounds = estimator.bounds();
  const double delta = estimator.grid().delta;
  return bounds.lipschitz > 0 ? std::min(delta, bounds.upper / bounds.lipschitz) : delta;
}

/// Distance to the nearest threshold or level.
double kink_distance(const Grid& grid, double w) {
  double nearest = kInf;
  for (const double level : grid.levels) nearest = std::min(nearest, std::abs(w - level));
  for (const double threshold : grid.thresholds) nearest = std::min(nearest, std::abs(w - threshold));
  return nearest;
}

std::vector<double> inside(const Grid& grid, int n) {
  std::vector<double> w;
  for (int i = 0; i < n; ++i) w.push_back(test::scattered(i, -0.999 * grid.range, 0.999 * grid.range));
  return w;
}

/// q(w) by the float path.
std::vector<float> float_q(const Estimator& estimator, const std::vector<float>& w) {
  std::vector<float> q(w.size(), 1);
  estimator.backward(std::span<const float>(w), std::span<float>(q), BlockPlace{});
  return q;
}

}  // namespace

TEST_CASE("backward multiplies the gradient by the derivative of the declared surrogate", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const std::vector<double> w = inside(estimator.grid(), 100);
    std::vector<double> gradient;
    for (std::size_t i = 0; i < w.size(); ++i) gradient.push_back(i % 2 ? -0.5 : 3.0);
    const std::vector<double> before = gradient;
    estimator.backward(std::span<const double>(w), std::span<double>(gradient), BlockPlace{});
    const double step = 1e-4 * scale(estimator);
    for (std::size_t i = 0; i < w.size(); ++i) {
      if (kink_distance(estimator.grid(), w[i]) < 2 * step) continue;
      const double slope = (estimator.surrogate(w[i] + step) - estimator.surrogate(w[i] - step)) / (2 * step);
      CHECK(gradient[i] / before[i] == Approx(slope).epsilon(0).margin(1e-6 * estimator.bounds().upper));
      CHECK(gradient[i] == before[i] * estimator.derivative(w[i]));
    }
  });
}

TEST_CASE("float backward is close to double", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const Grid& grid = estimator.grid();
    std::vector<float> w;
    for (const double x : inside(grid, 200)) w.push_back(static_cast<float>(x));
    const std::vector<float> q = float_q(estimator, w);
    // u is found with an error of a few units in the last place of the position, which counts intervals.
    const double unit = std::numeric_limits<float>::epsilon();
    const double margin = 8 * unit * estimator.bounds().upper +
                          2 * unit * static_cast<double>(grid.intervals()) * estimator.bounds().lipschitz * grid.delta;
    for (std::size_t i = 0; i < w.size(); ++i)
      CHECK(q[i] == Approx(estimator.derivative(static_cast<double>(w[i]))).epsilon(0).margin(margin));
  });
}

TEST_CASE("declared bounds and Lipschitz constant hold and are attained", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const EstimatorBounds bounds = estimator.bounds();
    const double delta = estimator.grid().delta, center = estimator.grid().thresholds.front();
    constexpr int kPoints = 4000;
    double low = kInf, high = 0, steepest = 0;
    for (int i = 0; i <= kPoints; ++i) {
      const double here = center + (static_cast<double>(i) / kPoints - 0.5) * delta, step = delta / kPoints;
      const double q = estimator.unmasked_derivative(here);
      low = std::min(low, q);
      high = std::max(high, q);
      steepest = std::max(steepest, std::abs(estimator.unmasked_derivative(here + step) - q) / step);
    }
    const double rounding = 1e-9 * bounds.upper;
    CHECK(low >= bounds.lower - rounding);
    CHECK(low <= 1.01 * bounds.lower + rounding);
    CHECK(high <= bounds.upper + rounding);
    CHECK(high >= 0.99 * bounds.upper);
    CHECK(steepest <= bounds.lipschitz * (1 + 1e-6) + rounding / scale(estimator));
    CHECK(steepest >= 0.99 * bounds.lipschitz - rounding / scale(estimator));
    CHECK(estimator.traits().positive == (bounds.lower > 0));
  });
}

TEST_CASE("q(w) has the same bits wherever w stands in its block", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const double w0 = 0.3 * estimator.grid().range;
    for (std::size_t size : {1, 7, 33}) {
      const std::vector<float> q = float_q(estimator, std::vector<float>(size, static_cast<float>(w0)));
      CHECK(std::equal(q.begin() + 1, q.end(), q.begin()));
      CHECK(q[0] == float_q(estimator, {static_cast<float>(w0)})[0]);
    }
  });
}

TEST_CASE("a periodic estimator is symmetric, periodic, and joins the levels", "[estimators]") {
  for_all([](const Estimator& estimator) {
    if (!estimator.traits().periodic) return;
    const Grid& grid = estimator.grid();
    const double margin = 1e-11 * (estimator.bounds().upper + estimator.bounds().lipschitz * grid.delta);
    for (int i = 0; i < 50; ++i) {
      const double offset = test::scattered(i, 0, 0.5) * grid.delta;
      const double q = estimator.unmasked_derivative(offset + grid.thresholds.front());
      for (const double threshold :
           {grid.thresholds.front(), grid.thresholds.back(), grid.thresholds.back() + grid.delta}) {
        CHECK(estimator.unmasked_derivative(threshold + offset) == Approx(q).epsilon(0).margin(margin));
        CHECK(estimator.unmasked_derivative(threshold - offset) == Approx(q).epsilon(0).margin(margin));
      }
    }
    for (const double level : grid.levels)
      CHECK(estimator.surrogate(level) == Approx(level).margin(1e-12 * grid.range));
    for (const double threshold : grid.thresholds)
      CHECK(estimator.surrogate(threshold) == Approx(threshold).margin(1e-12 * grid.range));
  });
}

TEST_CASE("a periodic estimator has mean 1", "[estimators]") {
  for_all([](const Estimator& estimator) {
    if (!estimator.traits().periodic) return;
    const double delta = estimator.grid().delta, center = estimator.grid().thresholds.front();
    constexpr int kPoints = 4096;
    double sum = 0;
    for (int i = 0; i < kPoints; ++i)
      sum += estimator.unmasked_derivative(center + ((i + 0.5) / kPoints - 0.5) * delta);
    CHECK(sum / kPoints == Approx(1).epsilon(1e-5));
  });
}

TEST_CASE("the gradient passes at the ends of the range and is masked beyond them", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const double range = estimator.grid().range;
    const bool clip = clips(estimator);
    const auto narrow = static_cast<float>(range);
    const std::vector<float> ends = float_q(estimator, {narrow, -narrow, std::nextafter(narrow, 9.f), -2 * narrow});
    CHECK(estimator.derivative(range) > 0);
    CHECK(estimator.derivative(-range) > 0);
    CHECK((estimator.derivative(std::nextafter(range, 9.0)) == 0) == clip);
    CHECK((estimator.derivative(-1.5 * range) == 0) == clip);
    CHECK((estimator.surrogate(3 * range) == estimator.surrogate(range)) == clip);
    CHECK((ends[0] > 0 && ends[1] > 0));
    CHECK((ends[2] == 0) == clip);
    CHECK((ends[3] == 0) == clip);
  });
}

TEST_CASE("clip=false is what removes the mask", "[estimators]") {
  for (const std::string& name : estimator_registry().names()) {
    if (!test::estimator(name, "uniform:bits=2,range=1")->traits().periodic) continue;
    INFO(name);
    CHECK(clips(*test::estimator(name, "uniform:bits=2,range=1")));
    CHECK_FALSE(clips(*test::estimator(name + ":clip=false", "uniform:bits=2,range=1")));
  }
}

TEST_CASE("NaN and infinite weights or gradients leave their neighbours alone", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const double w0 = 0.3 * estimator.grid().range;
    std::vector<double> w{kNaN, w0, kInf, -kInf, 1e300, w0, w0}, gradient{1, 1, 1, 1, 1, kNaN, 1};
    estimator.backward(std::span<const double>(w), std::span<double>(gradient), BlockPlace{});
    CHECK(gradient[1] == estimator.derivative(w0));
    CHECK(gradient[6] == estimator.derivative(w0));
    CHECK(std::isnan(gradient[5]));
    if (clips(estimator)) CHECK((gradient[0] == 0 && gradient[2] == 0 && gradient[3] == 0 && gradient[4] == 0));
    const float f0 = static_cast<float>(w0);
    const std::vector<float> q =
        float_q(estimator, {static_cast<float>(kNaN), f0, static_cast<float>(kInf), 1e38f, f0});
    CHECK(q[1] == q[4]);
    CHECK(float_q(estimator, {}).empty());
  });
}

TEST_CASE("an estimator's SPEC survives parse, print, parse", "[estimators]") {
  for (const std::string& spec : test::estimator_specs()) {
    const Spec once = parse_spec(spec, "");
    const Spec twice = parse_spec(to_text(once), "");
    CHECK(twice.name == once.name);
    CHECK(twice.values == once.values);
  }
}

TEST_CASE("every estimator's file is in the registry", "[estimators]") {
  CHECK(test::plugin_files("sim/estimators", "EstimatorRegistry") == test::sorted(estimator_registry().names()));
}

TEST_CASE("every estimator documents itself", "[estimators]") {
  for (const auto& entry : estimator_registry().entries()) {
    INFO(entry.info.name);
    CHECK_FALSE(entry.info.summary.empty());
    CHECK_FALSE(entry.info.formula.empty());
    CHECK_FALSE(entry.info.citation.empty());
    for (const ParameterInfo& parameter : entry.info.parameters) CHECK_FALSE(parameter.meaning.empty());
  }
}

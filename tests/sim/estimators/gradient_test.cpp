// SPDX-License-Identifier: MIT
// What every estimator makes of a gradient.
#include <algorithm>

#include "tests/sim/estimators/every_estimator.hpp"

using namespace steq;
using namespace steq::test;

namespace {

/// Distance to the nearest threshold, level or declared kink.
double kink_distance(const Estimator& estimator, double w) {
  const Grid& grid = estimator.grid();
  double nearest = kInf;
  const auto meet = [&](double kink) { nearest = std::min(nearest, std::abs(w - kink)); };
  for (const double level : grid.levels) meet(level);
  for (const double threshold : grid.thresholds) meet(threshold);
  for (const double kink : estimator.kinks()) {
    if (!estimator.traits().periodic) meet(kink);
    if (estimator.traits().periodic)
      for (const double threshold : grid.thresholds) {
        meet(threshold + kink * grid.delta);
        meet(threshold - kink * grid.delta);
      }
  }
  return nearest;
}

/// The steepest secant of length `step`, in units of delta, next to a declared kink, to the middle threshold or to the
/// level above it.
double steepest_at_kinks(const Estimator& estimator, double step) {
  const Grid& grid = estimator.grid();
  const double middle = grid.thresholds[grid.thresholds.size() / 2], h = step * grid.delta;
  std::vector<double> places{middle, middle + grid.delta / 2};
  for (const double kink : estimator.kinks())
    places.push_back(estimator.traits().periodic ? middle + kink * grid.delta : kink);
  double steepest = 0;
  for (const double place : places)
    for (const auto& [from, to] : {std::pair(-h / 2, h / 2), std::pair(h, 2 * h)}) {
      const double rise = estimator.unmasked_derivative(place + to) - estimator.unmasked_derivative(place + from);
      steepest = std::max(steepest, std::abs(rise) / h);
    }
  return steepest;
}

}  // namespace

TEST_CASE("derivative is that of the declared surrogate", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const double step = 1e-4 * scale(estimator);
    const bool bounded = std::isfinite(estimator.bounds().lipschitz);
    for (const double w : inside(estimator.grid(), 100)) {
      if (kink_distance(estimator, w) < (bounded ? 2 : 100) * step) continue;
      const double slope = (estimator.surrogate(w + step) - estimator.surrogate(w - step)) / (2 * step);
      const double q = estimator.derivative(w),
                   tolerance = bounded ? 1e-6 * height(estimator) : 1e-4 * std::abs(q) + 1e-9;
      CHECK(slope == Approx(q).epsilon(0).margin(tolerance));
    }
  });
}

TEST_CASE("backward multiplies the gradient by the derivative", "[estimators]") {
  for_all([](const Estimator& estimator) {
    if (modulated(estimator)) return;
    const std::vector<double> w = inside(estimator.grid(), 100);
    std::vector<double> gradient;
    for (std::size_t i = 0; i < w.size(); ++i) gradient.push_back(i % 2 ? -0.5 : 3.0);
    const std::vector<double> before = gradient;
    estimator.backward(std::span<const double>(w), std::span<double>(gradient), BlockPlace{});
    for (std::size_t i = 0; i < w.size(); ++i) CHECK(gradient[i] == before[i] * estimator.derivative(w[i]));
  });
}

TEST_CASE("where signs or draws matter, the factors are bounded and derivative is their mean", "[estimators]") {
  for_all([](const Estimator& estimator) {
    if (!modulated(estimator) || estimator.traits().layer_wide) return;
    const EstimatorBounds bounds = estimator.bounds();
    const std::vector<double> w = inside(estimator.grid(), 20);
    std::vector<double> sum(w.size());
    constexpr Step kSteps = 400;
    double low = kInf, high = 0, signs_differ = 0;
    for (Step step = 0; step < kSteps; ++step) {
      std::vector<double> up(w.size(), 2), down(w.size(), -2);
      estimator.backward(std::span<const double>(w), std::span<double>(up), {.step = step});
      estimator.backward(std::span<const double>(w), std::span<double>(down), {.step = step});
      for (std::size_t i = 0; i < w.size(); ++i) {
        sum[i] += (up[i] - down[i]) / 4;
        low = std::min({low, up[i] / 2, -down[i] / 2});
        high = std::max({high, up[i] / 2, -down[i] / 2});
        signs_differ = std::max(signs_differ, std::abs(up[i] + down[i]));
      }
    }
    const double width = bounds.upper - bounds.lower;
    CHECK((low >= bounds.lower && low <= bounds.lower + 0.2 * width));
    CHECK((high <= bounds.upper && high >= bounds.upper - 0.2 * width));
    CHECK((signs_differ > 0) == estimator.traits().sign_dependent);
    for (std::size_t i = 0; i < w.size(); ++i)
      CHECK(sum[i] / kSteps == Approx(estimator.derivative(w[i])).epsilon(0).margin(0.1 * width));
  });
}

TEST_CASE("float backward is close to double", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const Grid& grid = estimator.grid();
    std::vector<float> w;
    for (const double x : inside(grid, 200)) w.push_back(static_cast<float>(x));
    const std::vector<float> q = float_q(estimator, w);
    std::vector<double> wide(w.begin(), w.end()), expected(w.size(), 1);
    estimator.backward(std::span<const double>(wide), std::span<double>(expected), BlockPlace{});
    // u is found with an error of a few units in the last place of the position, which counts intervals.
    const double unit = std::numeric_limits<float>::epsilon(), lipschitz = estimator.bounds().lipschitz;
    const double shift = 2 * unit * static_cast<double>(grid.intervals()) * grid.delta;
    for (std::size_t i = 0; i < w.size(); ++i) {
      if (!std::isfinite(lipschitz) && kink_distance(estimator, wide[i]) < 100 * shift) continue;
      const auto near = [&](double x) {
        return std::abs(estimator.unmasked_derivative(x) - estimator.derivative(wide[i]));
      };
      const double change =
          std::isfinite(lipschitz) ? shift * lipschitz : 2 * std::max(near(wide[i] - shift), near(wide[i] + shift));
      CHECK(q[i] == Approx(expected[i]).epsilon(8 * unit).margin(8 * unit * height(estimator) + change));
    }
  });
}

TEST_CASE("declared bounds and Lipschitz constant hold and are attained", "[estimators]") {
  for_all([](const Estimator& estimator) {
    if (modulated(estimator)) return;
    const EstimatorBounds bounds = estimator.bounds();
    const Grid& grid = estimator.grid();
    constexpr int kPoints = 4000;
    double low = kInf, high = 0, steepest = 0;
    const auto scan = [&](double from, double to) {
      const double step = (to - from) / kPoints;
      for (int i = 0; i <= kPoints; ++i) {
        const double here = std::min(from + i * step, to), q = estimator.unmasked_derivative(here);
        low = std::min(low, q);
        high = std::max(high, q);
        if (i == kPoints) break;
        steepest = std::max(steepest, std::abs(estimator.unmasked_derivative(std::min(here + step, to)) - q) / step);
      }
    };
    const double middle = grid.thresholds[grid.thresholds.size() / 2];
    scan(-grid.range, grid.thresholds.front());
    scan(middle - grid.delta / 2, middle + grid.delta / 2);
    if (!estimator.traits().periodic) scan(-grid.range, grid.range);
    const double rounding = 1e-9 * height(estimator);
    CHECK(low >= bounds.lower - rounding);
    CHECK(low <= bounds.lower + 0.01 * std::abs(bounds.lower) + (std::isfinite(bounds.lipschitz) ? 1 : 1e6) * rounding);
    CHECK(high <= bounds.upper + rounding);
    CHECK(high >= 0.99 * std::min(bounds.upper, 2 * estimator.unmasked_derivative(middle + grid.delta / 100)));
    CHECK(steepest <= bounds.lipschitz * (1 + 1e-6) + rounding / scale(estimator));
    if (std::isfinite(bounds.lipschitz))
      CHECK(steepest >= 0.99 * bounds.lipschitz - rounding / scale(estimator));
    else
      CHECK(steepest_at_kinks(estimator, 1e-6) > 1.5 * steepest_at_kinks(estimator, 1e-4));
    if (bounds.lower > 0) CHECK(estimator.traits().positive);
    if (bounds.lower < 0) CHECK_FALSE(estimator.traits().positive);
  });
}

TEST_CASE("q(w) has the same bits wherever w stands in its block", "[estimators]") {
  for_all([](const Estimator& estimator) {
    if (estimator.traits().noisy) return;
    const double w0 = 0.3 * estimator.grid().range;
    for (std::size_t size : {1, 7, 33}) {
      const std::vector<float> q = float_q(estimator, std::vector<float>(size, static_cast<float>(w0)));
      CHECK(std::equal(q.begin() + 1, q.end(), q.begin()));
      CHECK(q[0] == float_q(estimator, {static_cast<float>(w0)})[0]);
    }
  });
}

TEST_CASE("a layer-wide estimator depends on the layer's magnitude, and on it alone", "[estimators]") {
  for_all([](const Estimator& estimator) {
    if (!estimator.traits().layer_wide) return;
    const std::vector<double> w = inside(estimator.grid(), 20);
    const auto factors = [&](double magnitude) {
      std::vector<double> q(w.size(), 1);
      const std::vector<double> numbers(estimator.parameters().size(), magnitude);
      estimator.backward(std::span<const double>(w), std::span<double>(q), {.estimator = numbers});
      return q;
    };
    const double usual = estimator.grid().range / 2;
    for (std::size_t i = 0; i < w.size(); ++i) {
      CHECK(factors(0)[i] == estimator.derivative(w[i]));
      CHECK(factors(usual)[i] == Approx(estimator.derivative(w[i])));
      CHECK(factors(3 * usual)[i] != Approx(factors(usual)[i]));
    }
  });
}

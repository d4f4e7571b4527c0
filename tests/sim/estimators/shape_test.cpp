// SPDX-License-Identifier: MIT
// The shapes of periodic estimators.
#include <algorithm>

#include "tests/sim/estimators/every_estimator.hpp"

using namespace steq;
using namespace steq::test;

TEST_CASE("a periodic estimator is symmetric, periodic, and joins the levels", "[estimators]") {
  for_all([](const Estimator& estimator, const std::string& spec) {
    if (!estimator.traits().periodic) return;
    const Grid& grid = estimator.grid();
    const double lipschitz = estimator.bounds().lipschitz;
    for (int i = 0; i < 50; ++i) {
      const double offset = test::scattered(i, 0.005, 0.495) * grid.delta;
      const double q = estimator.unmasked_derivative(offset + grid.thresholds.front());
      const double margin =
          std::isfinite(lipschitz) ? 1e-11 * (height(estimator) + lipschitz * grid.delta) : 1e-9 * (1 + q);
      for (const double threshold :
           {grid.thresholds.front(), grid.thresholds.back(), grid.thresholds.back() + grid.delta}) {
        CHECK(estimator.unmasked_derivative(threshold + offset) == Approx(q).epsilon(0).margin(margin));
        CHECK(estimator.unmasked_derivative(threshold - offset) == Approx(q).epsilon(0).margin(margin));
      }
    }
    if (!test::has_mean_one(spec)) return;
    for (const double level : grid.levels)
      CHECK(estimator.surrogate(level) == Approx(level).margin(1e-12 * grid.range));
    // Where q has a pole, rounding of the threshold counts more.
    const double rounding = std::isfinite(estimator.bounds().upper) ? 1e-12 : 1e-3;
    for (const double threshold : grid.thresholds)
      CHECK(estimator.surrogate(threshold) == Approx(threshold).margin(rounding * grid.range));
  });
}

TEST_CASE("a periodic estimator has mean 1", "[estimators]") {
  for_all([](const Estimator& estimator, const std::string& spec) {
    const EstimatorBounds bounds = estimator.bounds();
    if (!estimator.traits().periodic || !std::isfinite(bounds.upper) || !test::has_mean_one(spec)) return;
    const double delta = estimator.grid().delta, center = estimator.grid().thresholds.front();
    constexpr int kPoints = 4096;
    double sum = 0;
    for (int i = 0; i < kPoints; ++i)
      sum += estimator.unmasked_derivative(center + ((i + 0.5) / kPoints - 0.5) * delta);
    const double margin = std::isfinite(bounds.lipschitz) ? 1e-5 : 4 * bounds.upper / kPoints;
    CHECK(sum / kPoints == Approx(1).epsilon(0).margin(margin));
  });
}

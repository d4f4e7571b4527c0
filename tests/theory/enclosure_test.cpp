// SPDX-License-Identifier: MIT
#include "theory/enclosure.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

/// Registered estimators about which nothing can be proved: no function of the weight alone, or a formula of the user.
const std::vector<std::string> kNotEnclosed{"stochastic-ste", "ewgs", "magnitude-aware", "formula"};
/// Its formula has |w - threshold| inside the range, whose two slopes interval arithmetic cannot join smoothly.
const char* const kLooseLipschitz = "sigmoid-sum:finite=true";

bool starts_with_any(const std::string& spec, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const auto& name) { return spec.starts_with(name); });
}

/// `declared` lies between what was found and what is proved, which are close.
void check_bound(const std::optional<ProvedBound>& bound, double declared, double scale) {
  REQUIRE(bound.has_value() == std::isfinite(declared));
  if (!bound) return;
  const auto [least, most] = std::minmax(bound->found, bound->proved);
  CHECK(most - least <= 1e-6 * scale);
  CHECK(declared >= least - 1e-6 * scale);
  CHECK(declared <= most + 1e-6 * scale);
}

/// The largest |difference quotient| and the extremes of q on a fine grid: plain and independent of the enclosures.
struct Sampled {
  double lower = kUnbounded, upper = -kUnbounded, lipschitz = 0;
};
Sampled sample(const Estimator& estimator) {
  Sampled s;
  const double range = estimator.grid().range, step = range / 4000;
  for (int i = 0; i < 4000; ++i) {
    const double q = estimator.unmasked_derivative(i * step), next = estimator.unmasked_derivative((i + 1) * step);
    s.lower = std::min(s.lower, q);
    s.upper = std::max(s.upper, q);
    s.lipschitz = std::max(s.lipschitz, std::abs(next - q) / step);
  }
  return s;
}

}  // namespace

TEST_CASE("declared bounds lie between what is found and what is proved", "[enclosure]") {
  for (const char* grid : {"uniform:bits=2,range=1", "uniform:bits=3,range=0.144", "sign:range=0.7"})
    for (const std::string& spec : test::estimator_specs()) {
      INFO(spec << " on " << grid);
      const auto estimator = test::estimator(spec, grid);
      const ProvedBounds bounds = proved_bounds(*estimator);
      const EstimatorBounds declared = estimator->bounds();
      if (starts_with_any(spec, kNotEnclosed)) {
        CHECK_FALSE((bounds.lower || bounds.upper || bounds.lipschitz));
        continue;
      }
      const double height = std::isfinite(declared.upper) ? declared.upper : 1;
      check_bound(bounds.lower, declared.lower, height);
      check_bound(bounds.upper, declared.upper, height);
      if (spec.starts_with(kLooseLipschitz)) {
        REQUIRE(bounds.lipschitz);
        CHECK(bounds.lipschitz->found <= declared.lipschitz * (1 + 1e-9));
        CHECK(bounds.lipschitz->proved >= declared.lipschitz);
      } else {
        check_bound(bounds.lipschitz, declared.lipschitz, declared.lipschitz + 1e-9);
      }
    }
}

TEST_CASE("no sample lies beyond a proved bound", "[enclosure]") {
  for (const std::string& spec : test::estimator_specs()) {
    INFO(spec);
    const auto estimator = test::estimator(spec, "uniform:bits=3,range=2");
    const ProvedBounds bounds = proved_bounds(*estimator);
    const Sampled sampled = sample(*estimator);
    if (bounds.lower) CHECK(sampled.lower >= bounds.lower->proved * (1 - 1e-15) - 1e-15);
    if (bounds.upper) CHECK(sampled.upper <= bounds.upper->proved * (1 + 1e-15));
    if (bounds.lipschitz) CHECK(sampled.lipschitz <= bounds.lipschitz->proved * (1 + 1e-9) + 1e-11);
  }
}

TEST_CASE("a jump of q is proved where it is", "[enclosure]") {
  const auto steps = test::estimator("piecewise-linear:a=1.6,share=0.5", "uniform:bits=2,range=1");
  const auto jump = proved_bounds(*steps).jump;
  REQUIRE(jump);
  CHECK(jump->where == Approx(1.0 / 6));  // 0.25 delta above the threshold 0
  CHECK(jump->before == Approx(1.6));
  CHECK(jump->after == Approx(0.4));
  CHECK_FALSE(proved_bounds(*test::estimator("piecewise-linear:a=1", "sign:range=1")).jump);
  CHECK_FALSE(proved_bounds(*test::estimator("dsq", "sign:range=1")).jump);
}

TEST_CASE("bounds are found where closed forms have them", "[enclosure]") {
  const auto bounds = proved_bounds(*test::estimator("dsq:k=6.5", "uniform:bits=2,range=1"));
  REQUIRE((bounds.lower && bounds.lipschitz));
  CHECK(bounds.lower->where == Approx(1.0 / 3));
  // sech^2 is steepest where tanh(kappa w) = 1 / sqrt(3), kappa = 6.5
  CHECK(bounds.lipschitz->where == Approx(std::atanh(std::sqrt(1.0 / 3)) / 6.5).epsilon(1e-3));
}

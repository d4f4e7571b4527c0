// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/core/types.hpp"
#include "sim/estimators/sampled_curve.hpp"

using namespace steq;

namespace {

void check_places(const std::vector<double>& found, const std::vector<double>& expected, double margin) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == Approx(expected[i]).epsilon(0).margin(margin));
}

}  // namespace

TEST_CASE("jumps are found to the last bit, bends to about 1e-8", "[kinks]") {
  const double third = 1.0 / 3;
  const auto kinks = [](const Curve& f) { return sample(f).kinks; };
  const Kinks steps = kinks([&](double u) { return u < -0.1 ? 1 : u < third ? 2 + u : 0.5; });
  check_places(steps.jumps, {-0.1, third}, 1e-16);
  CHECK(steps.bends.empty());
  const Kinks bends = kinks([&](double u) { return std::abs(u - third) + 3 * std::max(u, 0.25) + std::cos(4 * u); });
  CHECK(bends.jumps.empty());
  check_places(bends.bends, {0.25, third}, 2e-8);
  const Kinks both = kinks([](double u) { return u < 0.2 ? 1 + 2 * u : 1.001 - 2 * std::abs(u - 0.4); });
  check_places(both.jumps, {0.2}, 1e-16);
  check_places(both.bends, {0.4}, 2e-8);
}

TEST_CASE("a small jump is found on a slope against it", "[kinks]") {
  const SampledCurve curve = sample([](double u) { return 5 - 3 * u + (u > 0.123 ? 2e-4 : 0); });
  check_places(curve.kinks.jumps, {0.123}, 1e-16);
}

TEST_CASE("smooth functions have no kinks, steep ones neither", "[kinks]") {
  const std::vector<Curve> smooth{[](double) { return 1.0; },
                                  [](double u) { return 1 + u; },
                                  [](double u) { return 1 + 0.9 * std::cos(60 * u); },
                                  [](double u) { return 2 + std::tanh(300 * (u - 0.1)); },
                                  [](double u) { return std::exp(-200 * u * u); },
                                  [](double u) { return 1 + std::pow(std::abs(u), 3); }};
  for (std::size_t i = 0; i < smooth.size(); ++i) {
    INFO(i);
    const SampledCurve curve = sample(smooth[i]);
    CHECK(curve.kinks.jumps.empty());
    CHECK(curve.kinks.bends.empty());
    CHECK(std::isfinite(curve.lipschitz));
  }
}

TEST_CASE("bounds and Lipschitz constants of known functions", "[kinks]") {
  const SampledCurve wave = sample([](double u) { return 2 + std::sin(7 * u); });
  CHECK((wave.upper == Approx(3).epsilon(1e-14) && wave.lower == Approx(1).epsilon(1e-14)));
  CHECK(wave.lipschitz == Approx(7).epsilon(1e-8));
  CHECK_FALSE(wave.symmetric);
  const SampledCurve hat = sample([](double u) { return 1.5 - 2 * std::abs(std::abs(u) - 0.2); });
  CHECK((hat.upper == Approx(1.5).epsilon(1e-8) && hat.lower == Approx(0.9)));
  CHECK(hat.lipschitz == Approx(2).epsilon(1e-9));
  CHECK(hat.symmetric);
  const SampledCurve parabola = sample([](double u) { return u * u; });
  CHECK((parabola.upper == 0.25 && parabola.lower == 0 && !parabola.vanishes));
  CHECK(parabola.lipschitz == Approx(1).epsilon(1e-6));
  const SampledCurve step = sample([](double u) { return u > 0.1 ? 1 + u : 0; });
  CHECK((step.lipschitz == kInfinity && step.vanishes && step.upper == 1.5));
}

TEST_CASE("a slope that grows without bound has no Lipschitz constant", "[kinks]") {
  CHECK(sample([](double u) { return std::sqrt(std::abs(u)); }).lipschitz == kInfinity);
  CHECK(sample([](double u) { return std::sqrt(0.5 - u); }).lipschitz == kInfinity);
  CHECK(sample([](double u) { return std::cbrt(u - 0.1); }).lipschitz == kInfinity);
  CHECK(sample([](double u) { return std::pow(std::abs(u), 1.5); }).lipschitz == Approx(1.5 * std::sqrt(0.5)));
}

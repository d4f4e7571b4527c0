// SPDX-License-Identifier: MIT
// What theory says of systems that others have published: numbers of their papers' estimators, and a system that is the
// STE in disguise while its grid stands.
#include <catch2/catch.hpp>

#include "sim/core/random.hpp"
#include "tests/recipes.hpp"
#include "theory/rescaling.hpp"

using namespace steq;

namespace {

constexpr double kStep = 1e-3;

/// A gradient that swings slowly over all bins, with noise.
double swinging(int t) {
  const double noise = RandomStream(5, Purpose::gradient_noise, 0, static_cast<std::uint32_t>(t)).uniform() - 0.5;
  return std::cos(t * 1e-3) + noise;
}

struct Agreement {
  int same = 0;
  std::array<int, 3> visits{};
};

/// One weight under ttq-scaled, another under the STE from M of its start, driven by the same gradients.
Agreement drive(const Estimator& scaled, const Rescaling& rescaling, double start, int steps) {
  const Grid& grid = scaled.grid();
  double w = start, v = rescaling.map(start);
  Agreement agreement;
  for (int t = 0; t < steps; ++t) {
    const double g = swinging(t);
    w -= kStep * scaled.derivative(w) * g;
    v -= kStep * rescaling.alpha() * g;
    agreement.same += grid.level_at(w) == grid.level_at(v);
    ++agreement.visits[static_cast<std::size_t>(grid.level_at(w))];
  }
  return agreement;
}

}  // namespace

TEST_CASE("alpha of the infinite sigmoid sum by temperature", "[rescaling]") {
  for (const auto& [temperature, alpha] : {std::pair(5, 0.953195), {10, 0.398311}, {20, 0.011548}}) {
    const auto estimator = test::estimator(fmt::format("sigmoid-sum:T={}", temperature), "uniform:bits=2,range=1");
    CHECK(Rescaling(*estimator).alpha() == Approx(alpha).margin(1e-6));
  }
}

TEST_CASE("trained ternary weights with frozen scales are the STE in disguise", "[rescaling]") {
  const auto quantizer = test::quantizer("ttq:t=0.3");
  const Grid grid = quantizer->grid_at(std::vector<double>{0.3, 0.6, 1.5});  // D, W_p, W_n
  const auto scaled = test::estimator("ttq-scaled", grid);
  const Rescaling rescaling(*scaled);
  CHECK(rescaling.alpha() == Approx(1).epsilon(1e-9));
  for (const double w : {-0.9, -0.31, -0.2, 0.0, 0.1, 0.29, 0.4, 1.1}) {
    const double far = std::abs(w) - 0.3;
    const double expected = far <= 0 ? w : w > 0 ? 0.3 + far / 0.6 : -0.3 - far / 1.5;
    CHECK(rescaling.map(w) == Approx(expected).epsilon(1e-9));
  }
  for (const double start : {-0.5, 0.05, 0.45}) {
    const Agreement agreement = drive(*scaled, rescaling, start, 40000);
    CHECK(agreement.same > 0.99 * 40000);
    for (const int visits : agreement.visits) CHECK(visits > 1000);
  }
}

// SPDX-License-Identifier: MIT
// Relaxed quantization against a worked example, differences, and its limit.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/quantizers/relaxed_value.hpp"
#include "tests/recipes.hpp"

using namespace steq;

namespace {

constexpr double kLittle = 1e-6;

double log_share(const RelaxedGrid& grid, std::size_t level, double w) {
  return log_relaxed_share(grid, relaxed_threshold(grid, level, w), relaxed_threshold(grid, level + 1, w));
}

std::vector<double> relaxed_shares(const RelaxedGrid& grid, double w) {
  std::vector<double> shares;
  double total = 0;
  for (std::size_t i = 0; i < grid.count; ++i) total += shares.emplace_back(std::exp(log_share(grid, i, w)));
  for (double& share : shares) share /= total;
  return shares;
}

/// Draws of one seed and step, of the quantizer at step 0.4 and spread 0.1.
std::vector<double> drawn(const Quantizer& quantizer, const std::vector<double>& w,
                          const std::vector<double>& numbers) {
  std::vector<Level> level(w.size());
  std::vector<double> value(w.size());
  quantizer.quantize(std::span<const double>(w), level, std::span<double>(value),
                     {.seed = 5, .step = 7, .tensor = 2, .first = 40, .grid = numbers});
  return value;
}

const std::vector<double> kRelaxedWeights{-1.4, -0.61, -0.2, -0.19, 0, 0.05, 0.33, 0.8, 3};

}  // namespace

TEST_CASE("shares of the levels are those of the worked example", "[relaxed]") {
  const std::vector<double> shares = relaxed_shares({.count = 3, .step = 1, .spread = 0.25}, 0.3);
  CHECK(shares[0] == Approx(0.038765).margin(5e-7));
  CHECK(shares[1] == Approx(0.656659).margin(5e-7));
  CHECK(shares[2] == Approx(0.304576).margin(5e-7));
}

TEST_CASE("a share and its derivatives stay finite however little or much noise there is", "[relaxed]") {
  for (const double spread : {1e-8, 1e-3, 1.0, 1e6})
    for (const double w : {-30.0, -0.5, 0.0, 1e-9, 0.7, 30.0})
      for (std::size_t level = 0; level < 4; ++level) {
        const RelaxedGrid grid{.count = 4, .step = 0.5, .spread = spread};
        const RelaxedSlopes slopes =
            relaxed_slopes(grid, level, relaxed_threshold(grid, level, w), relaxed_threshold(grid, level + 1, w));
        INFO("spread " << spread << ", w " << w << ", level " << level);
        CHECK(std::isfinite(log_share(grid, level, w)));
        CHECK(std::isfinite(slopes.by_weight));
        CHECK(std::isfinite(slopes.by_step));
        CHECK(std::isfinite(slopes.by_spread));
      }
}

TEST_CASE("derivatives of a smooth draw are central differences of the draw", "[relaxed]") {
  for (const char* spec : {"relaxed:bits=2", "relaxed:bits=1,temperature=0.5", "relaxed:bits=4,temperature=2"}) {
    INFO(spec);
    const auto quantizer = test::quantizer(spec);
    const BlockPlace place{.seed = 5, .step = 7, .tensor = 2, .first = 40};
    for (std::size_t i = 0; i < kRelaxedWeights.size(); ++i) {
      const std::vector<double> numbers{0.4, 0.1};
      const auto at = [&](double dw, double dstep, double dspread) {
        std::vector<double> w = kRelaxedWeights;
        w[i] += dw;
        return drawn(*quantizer, w, {numbers[0] + dstep, numbers[1] + dspread})[i];
      };
      std::vector<double> gradient(kRelaxedWeights.size()), sums(2);
      gradient[i] = 1;
      BlockPlace here = place;
      here.grid = numbers;
      quantizer->add_gradients(std::span<const double>(kRelaxedWeights), std::span<const double>(gradient), here, sums);
      quantizer->multiply_slope(std::span<const double>(kRelaxedWeights), gradient, here);
      INFO("weight " << kRelaxedWeights[i]);
      CHECK(gradient[i] == Approx((at(kLittle, 0, 0) - at(-kLittle, 0, 0)) / (2 * kLittle)).epsilon(1e-5).margin(1e-8));
      CHECK(sums[0] == Approx((at(0, kLittle, 0) - at(0, -kLittle, 0)) / (2 * kLittle)).epsilon(1e-5).margin(1e-8));
      CHECK(sums[1] == Approx((at(0, 0, kLittle) - at(0, 0, -kLittle)) / (2 * kLittle)).epsilon(1e-5).margin(1e-8));
    }
  }
}

TEST_CASE("at low temperature a draw is a level, and levels come as often as their shares say", "[relaxed]") {
  const auto quantizer = test::quantizer("relaxed:bits=2,temperature=0.01");
  const std::vector<double> numbers{1, 0.25}, w(1024, 0.3);
  constexpr int kSteps = 40;
  std::vector<double> counts(4);
  int between = 0;
  for (Step step = 1; step <= kSteps; ++step) {
    std::vector<Level> level(w.size());
    std::vector<double> value(w.size());
    quantizer->quantize(std::span<const double>(w), level, std::span<double>(value),
                        {.seed = 3, .step = step, .grid = numbers});
    for (const double v : value) {
      const double index = v + 1.5, nearest = std::nearbyint(index);
      between += std::abs(index - nearest) > 0.01;
      counts[static_cast<std::size_t>(nearest)] += 1;
    }
  }
  const double draws = kSteps * 1024.0;
  CHECK(between < 0.05 * draws);
  const std::vector<double> shares = relaxed_shares({.count = 4, .step = 1, .spread = 0.25}, 0.3);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(std::abs(counts[i] / draws - shares[i]) <= 4 * std::sqrt(shares[i] * (1 - shares[i]) / draws));
}

TEST_CASE("noise does not die out", "[relaxed]") {
  const std::vector<GridParameter> numbers = test::quantizer("relaxed:bits=2,range=0.6,least_spread=0.2")->parameters();
  CHECK(numbers[1].least == Approx(0.2 * 0.4).epsilon(1e-15));
  CHECK_THROWS_AS(test::quantizer("relaxed:spread=0.1,least_spread=0.2"), InputError);
}

TEST_CASE("what is deployed is the nearest level, on a grid symmetric about 0", "[relaxed]") {
  const auto quantizer = test::quantizer("relaxed:bits=2,range=0.6");
  const std::vector<double> numbers = quantizer->grid().numbers;
  CHECK(numbers[0] == Approx(0.4).epsilon(1e-15));
  CHECK(numbers[1] == Approx(0.4 / 3).epsilon(1e-15));
  std::vector<Level> level(kRelaxedWeights.size());
  std::vector<double> value(kRelaxedWeights.size());
  quantizer->quantize(std::span<const double>(kRelaxedWeights), level, std::span<double>(value),
                      {.grid = numbers, .hard = true});
  const std::vector<double> wanted{-0.6, -0.6, -0.2, -0.2, 0.2, 0.2, 0.2, 0.6, 0.6};
  for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(value[i] == Approx(wanted[i]).margin(1e-15));
  CHECK((quantizer->soft() && quantizer->noisy()));
}

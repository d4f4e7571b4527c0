// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

std::vector<double> factors(const Estimator& estimator, std::size_t n, const BlockPlace& place) {
  const std::vector<double> w(n, 0.1);
  std::vector<double> gradient(n, 1);
  estimator.backward(std::span<const double>(w), std::span<double>(gradient), place);
  return gradient;
}

}  // namespace

TEST_CASE("stochastic-ste draws from seed, step, tensor and weight alone", "[stochastic-ste]") {
  const auto estimator = test::estimator("stochastic-ste", "uniform:bits=2,range=1");
  const BlockPlace place{.seed = 3, .step = 5, .tensor = 1, .first = 100};
  const std::vector<double> all = factors(*estimator, 50, place);
  CHECK(all == factors(*estimator, 50, place));
  const std::vector<double> later = factors(*estimator, 20, {.seed = 3, .step = 5, .tensor = 1, .first = 130});
  CHECK(std::equal(later.begin(), later.end(), all.begin() + 30));
  CHECK(all != factors(*estimator, 50, {.seed = 4, .step = 5, .tensor = 1, .first = 100}));
  CHECK(all != factors(*estimator, 50, {.seed = 3, .step = 6, .tensor = 1, .first = 100}));
  CHECK(all != factors(*estimator, 50, {.seed = 3, .step = 5, .tensor = 2, .first = 100}));
}

TEST_CASE("stochastic-ste keeps its bits", "[stochastic-ste]") {
  const auto estimator = test::estimator("stochastic-ste", "uniform:bits=2,range=1");
  CHECK(factors(*estimator, 25, {.seed = 3, .step = 5, .tensor = 2, .first = 1000})[24] == 1.476153098127547);
}

TEST_CASE("stochastic-ste has factors of mean 1 and the variance of a uniform draw", "[stochastic-ste]") {
  const auto estimator = test::estimator("stochastic-ste:noise=0.6", "uniform:bits=2,range=1");
  double sum = 0, squares = 0;
  constexpr int kSteps = 40, kWeights = 1000;
  for (Step step = 0; step < kSteps; ++step)
    for (const double factor : factors(*estimator, kWeights, {.step = step})) {
      sum += factor;
      squares += (factor - 1) * (factor - 1);
    }
  CHECK(sum / (kSteps * kWeights) == Approx(1).margin(0.007));
  CHECK(squares / (kSteps * kWeights) == Approx(0.12).epsilon(0.02));
}

// SPDX-License-Identifier: MIT
// Trained ternary quantization: the worked example of the paper's formulas, and its gradients.
#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;
using Catch::Contains;

namespace {

const std::vector<double> kTtqWeights{0.80, -0.60, 0.03, -0.05, 0.30, -0.041, 0.0399, -0.20};
const std::vector<double> kTtqGradient{0.10, -0.20, 0.30, 0.05, -0.40, 0.25, -0.15, 0.35};
const std::vector<double> kTtqNumbers{0.04, 0.7, 0.9};  // threshold, positive, negative

std::vector<double> ttq_values_at(const Quantizer& quantizer, const std::vector<double>& numbers) {
  std::vector<Level> level(kTtqWeights.size());
  std::vector<double> value(kTtqWeights.size());
  quantizer.quantize(std::span<const double>(kTtqWeights), level, std::span(value), {.grid = numbers});
  return value;
}

double ttq_loss(const Quantizer& quantizer, const std::vector<double>& numbers) {
  const std::vector<double> value = ttq_values_at(quantizer, numbers);
  double sum = 0;
  for (std::size_t i = 0; i < kTtqWeights.size(); ++i) sum += kTtqGradient[i] * value[i];
  return sum;
}

}  // namespace

TEST_CASE("levels, threshold and gradients of the worked example", "[ttq]") {
  const auto quantizer = test::quantizer("ttq");
  std::vector<double> fitted(3);
  quantizer->fit(std::span<const double>(kTtqWeights), fitted);
  CHECK(fitted[0] == Approx(0.04).epsilon(1e-15));
  CHECK(ttq_values_at(*quantizer, kTtqNumbers) == std::vector<double>{0.7, -0.9, 0, -0.9, 0.7, -0.9, 0, -0.9});
  std::vector<double> sums(2);
  quantizer->add_gradients(std::span<const double>(kTtqWeights), std::span<const double>(kTtqGradient),
                           {.grid = kTtqNumbers}, sums);
  CHECK(sums[0] == Approx(-0.3).epsilon(1e-12));
  CHECK(sums[1] == Approx(-0.45).epsilon(1e-12));  // the paper prints +0.45
  const auto estimator = test::estimator("ttq-scaled", "ttq");
  std::vector<double> gradient = kTtqGradient;
  estimator->multiply(std::span<const double>(kTtqWeights), std::span(gradient), {.grid = kTtqNumbers});
  const std::vector<double> expected{0.070, -0.180, 0.300, 0.045, -0.280, 0.225, -0.150, 0.315};
  for (std::size_t i = 0; i < kTtqWeights.size(); ++i) CHECK(gradient[i] == Approx(expected[i]).epsilon(1e-12));
}

TEST_CASE("the scales' gradients are central differences", "[ttq]") {
  const auto quantizer = test::quantizer("ttq");
  std::vector<double> sums(2);
  quantizer->add_gradients(std::span<const double>(kTtqWeights), std::span<const double>(kTtqGradient),
                           {.grid = kTtqNumbers}, sums);
  constexpr double kStep = 1e-5;
  for (std::size_t scale = 1; scale < 3; ++scale) {
    std::vector<double> up = kTtqNumbers, down = kTtqNumbers;
    up[scale] += kStep, down[scale] -= kStep;
    CHECK(sums[scale - 1] ==
          Approx((ttq_loss(*quantizer, up) - ttq_loss(*quantizer, down)) / (2 * kStep)).epsilon(1e-9));
  }
}

TEST_CASE("scales begin at mean magnitudes, of all weights where a region is empty", "[ttq]") {
  const auto begun = [](const std::string& spec, const std::vector<double>& w) {
    const auto quantizer = test::quantizer(spec);
    std::vector<double> numbers(3);
    quantizer->fit(std::span<const double>(w), numbers);
    quantizer->start(std::span<const double>(w), numbers);
    return numbers;
  };
  CHECK(begun("ttq", kTtqWeights)[1] == Approx((0.8 + 0.3) / 2).epsilon(1e-12));
  CHECK(begun("ttq", kTtqWeights)[2] == Approx((0.6 + 0.05 + 0.041 + 0.2) / 4).epsilon(1e-12));
  CHECK(begun("ttq", {0.2, 0.4, 0.001})[2] == Approx(0.601 / 3).epsilon(1e-12));
  CHECK(begun("ttq:start=0.3", kTtqWeights)[1] == 0.3);
  CHECK(begun("ttq", {0, 0})[1] == 1e-8);
}

TEST_CASE("ttq-scaled is refused where the grid has no such numbers", "[ttq]") {
  CHECK_THROWS_WITH(test::estimator("ttq-scaled", "twn"), Contains("reads the grid parameter positive"));
  CHECK_THROWS_WITH(test::estimator("ttq-scaled", "uniform"), Contains("allowed: quantizer ttq"));
}

TEST_CASE("the soft staircase of ttq-scaled is the integral of q", "[ttq]") {
  const auto estimator = test::estimator("ttq-scaled", "ttq:start=0.6");
  for (const double w : {-0.9, -0.3, -0.01, 0.01, 0.2, 0.8}) {
    double sum = 0;
    constexpr int kParts = 20000;
    for (int i = 0; i < kParts; ++i) sum += estimator->derivative(w * (i + 0.5) / kParts) * w / kParts;
    CHECK(estimator->surrogate(w) == Approx(sum).epsilon(1e-4));
  }
}

// SPDX-License-Identifier: MIT
// Quantization Networks: the worked example, gradients by central differences, the public code's two slopes.
#include <catch2/catch.hpp>

#include "sim/codebooks/kmeans_centres.hpp"
#include "tests/recipes.hpp"

using namespace steq;
using Catch::Contains;

namespace {

const std::string kSeven = "soft-staircase:levels=-4/-2/-1/0/1/2/4,thresholds=-3/-1.5/-0.5/0.5/1.5/3,temperature=5";
const std::vector<double> kSoftX{-0.9, -0.45, -0.2, -0.02, 0.01, 0.15, 0.4, 0.8};
const std::vector<double> kSoftU{0.3, -0.1, 0.25, 0.4, -0.5, 0.2, -0.35, 0.15};

std::vector<double> soft_numbers(const Quantizer& quantizer, const std::vector<double>& w) {
  std::vector<double> numbers(quantizer.grid().numbers.size());
  quantizer.schedule({}, numbers);
  quantizer.start(std::span<const double>(w), numbers);
  return numbers;
}

std::vector<double> soft_values_at(const Quantizer& quantizer, const std::vector<double>& x,
                                   const std::vector<double>& numbers, bool hard) {
  std::vector<Level> level(x.size());
  std::vector<double> value(x.size());
  quantizer.quantize(std::span<const double>(x), level, std::span(value), {.grid = numbers, .hard = hard});
  return value;
}

double soft_loss(const Quantizer& quantizer, const std::vector<double>& x, const std::vector<double>& numbers) {
  const std::vector<double> y = soft_values_at(quantizer, x, numbers, false);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += kSoftU[i] * y[i];
  return sum;
}

std::vector<double> soft_slopes(const std::string& form, const std::string& grid, std::vector<double> x,
                                const std::vector<double>& numbers) {
  std::vector<double> q(x.size(), 1);
  test::estimator("exact:form=" + form, grid)->multiply(std::span<const double>(x), std::span(q), {.grid = numbers});
  return q;
}

void check_near(const std::vector<double>& a, const std::vector<double>& b, double margin) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).margin(margin));
}

}  // namespace

TEST_CASE("the worked example: hard and soft values, and all gradients", "[soft-staircase]") {
  const auto quantizer = test::quantizer(kSeven);
  const std::vector<double> numbers = soft_numbers(*quantizer, kSoftX);
  CHECK(numbers[0] == Approx(0.18).epsilon(1e-12));
  CHECK(numbers[1] == Approx(5.555556).epsilon(1e-6));
  check_near(soft_values_at(*quantizer, kSoftX, numbers, true), {-0.72, -0.36, -0.18, 0, 0, 0.18, 0.36, 0.72}, 1e-12);
  check_near(soft_values_at(*quantizer, kSoftX, numbers, false),
             {-0.719984, -0.386096, -0.194404, -0.014549, 0.007118, 0.157380, 0.362452, 0.719737}, 1e-6);
  std::vector<double> dx = soft_slopes("exact", kSeven, kSoftX, numbers);
  for (std::size_t i = 0; i < dx.size(); ++i) dx[i] *= kSoftU[i];
  check_near(dx, {0.000136, -0.073451, 0.191160, 0.307462, -0.361181, 0.168206, -0.113946, 0.001094}, 1e-6);
  std::vector<double> sums(2);
  quantizer->add_gradients(std::span<const double>(kSoftX), std::span<const double>(kSoftU), {.grid = numbers}, sums);
  check_near(sums, {-1.237704, -0.006216}, 1e-6);
}

TEST_CASE("the distance of soft from hard values falls with the temperature", "[soft-staircase]") {
  const auto quantizer = test::quantizer(kSeven);
  for (const auto& [temperature, expected] : {std::pair{1.0, 0.083082}, {5.0, 0.026096}, {20.0, 0.000228}}) {
    std::vector<double> numbers = soft_numbers(*quantizer, kSoftX);
    numbers[2] = temperature;
    const std::vector<double> soft = soft_values_at(*quantizer, kSoftX, numbers, false),
                              hard = soft_values_at(*quantizer, kSoftX, numbers, true);
    double largest = 0;
    for (std::size_t i = 0; i < kSoftX.size(); ++i) largest = std::max(largest, std::abs(soft[i] - hard[i]));
    CHECK(largest == Approx(expected).margin(1e-6));
  }
}

TEST_CASE("gradients of a soft staircase are central differences", "[soft-staircase]") {
  constexpr double kStep = 1e-6;
  for (const std::string& spec : {kSeven, std::string("soft-staircase:temperature=12")}) {
    INFO(spec);
    const auto quantizer = test::quantizer(spec);
    const std::vector<double> numbers = soft_numbers(*quantizer, kSoftX);
    std::vector<double> sums(2);
    quantizer->add_gradients(std::span<const double>(kSoftX), std::span<const double>(kSoftU), {.grid = numbers}, sums);
    for (std::size_t learned = 0; learned < 2; ++learned) {
      std::vector<double> up = numbers, down = numbers;
      up[learned] += kStep, down[learned] -= kStep;
      const double difference = (soft_loss(*quantizer, kSoftX, up) - soft_loss(*quantizer, kSoftX, down)) / (2 * kStep);
      CHECK(sums[learned] == Approx(difference).epsilon(1e-7));
    }
    const std::vector<double> q = soft_slopes("exact", spec, kSoftX, numbers);
    for (std::size_t i = 0; i < kSoftX.size(); ++i) {
      std::vector<double> up = kSoftX, down = kSoftX;
      up[i] += kStep, down[i] -= kStep;
      const double difference =
          (soft_loss(*quantizer, up, numbers) - soft_loss(*quantizer, down, numbers)) / (2 * kStep);
      CHECK(kSoftU[i] * q[i] == Approx(difference).margin(1e-8));
    }
  }
}

TEST_CASE("the public code's slopes: clamped keeps one far out, wide is that of temperature 1", "[soft-staircase]") {
  const std::string binary = "soft-staircase:levels=-1/1,thresholds=0,temperature=10";
  const std::vector<double> at{1, 1, 10};
  CHECK(soft_slopes("exact", binary, {0.3}, at)[0] == Approx(0.904).margin(5e-4));
  CHECK(soft_slopes("wide", binary, {0.3}, at)[0] == Approx(4.889).margin(5e-4));
  CHECK(soft_slopes("clamped", binary, {0.3}, at)[0] == soft_slopes("exact", binary, {0.3}, at)[0]);
  CHECK(soft_slopes("clamped", binary, {50}, {1, 1, 100})[0] == Approx(2 * 0.00454).epsilon(1e-2));
  CHECK(soft_slopes("exact", binary, {50}, {1, 1, 100})[0] < 1e-100);
}

TEST_CASE("with forward=hard alpha learns from the levels, beta from the slope", "[soft-staircase]") {
  const auto soft = test::quantizer("soft-staircase:temperature=5"),
             hard = test::quantizer("soft-staircase:temperature=5,forward=hard");
  CHECK((soft->soft() && !hard->soft()));
  const std::vector<double> numbers = soft_numbers(*soft, kSoftX), y = soft_values_at(*soft, kSoftX, numbers, true);
  CHECK(soft_values_at(*hard, kSoftX, numbers, false) == y);
  std::vector<double> of_soft(2), of_hard(2);
  soft->add_gradients(std::span<const double>(kSoftX), std::span<const double>(kSoftU), {.grid = numbers}, of_soft);
  hard->add_gradients(std::span<const double>(kSoftX), std::span<const double>(kSoftU), {.grid = numbers}, of_hard);
  double expected = 0;
  for (std::size_t i = 0; i < kSoftX.size(); ++i) expected += kSoftU[i] * y[i] / numbers[0];
  CHECK(of_hard[0] == Approx(expected).epsilon(1e-12));
  CHECK(of_hard[1] == of_soft[1]);
}

TEST_CASE("the temperature rises with the epoch up to its cap", "[soft-staircase]") {
  const auto quantizer = test::quantizer("soft-staircase:temperature_per_epoch=3,temperature_max=7");
  std::vector<double> numbers(quantizer->grid().numbers.size());
  const auto temperature = [&](Step update) {
    quantizer->schedule({update, 10}, numbers);
    return numbers[2];
  };
  CHECK((temperature(0) == 3 && temperature(9) == 3 && temperature(10) == 6 && temperature(20) == 7));
}

TEST_CASE("thresholds are fitted by k-means, those beside zero are given", "[soft-staircase]") {
  const std::vector<double> w{-.95, -.90, -.88, -.41, -.40, -.36, -.02, 0, .05, .38, .41, .45, .88, .92, .96};
  const SortedValues<double> values(w);
  check_near(kmeans_centres(values, equidistant_centres(values, 5)), {-0.91, -0.39, 0.01, 0.413333, 0.92}, 1e-6);
  const auto quantizer = test::quantizer("soft-staircase:levels=-2/-1/0/1/2,temperature=1");
  const std::vector<double> numbers = soft_numbers(*quantizer, w);
  REQUIRE(numbers.size() == 7);
  const double beta = 5 * 2 / (4 * 0.96);
  check_near({numbers.begin() + 3, numbers.end()}, {-0.65 * beta, -0.05, 0.05, 0.666667 * beta}, 1e-5);
}

TEST_CASE("what a soft staircase refuses", "[soft-staircase]") {
  const auto made = [](const std::string& parameters) { return test::quantizer("soft-staircase:" + parameters); };
  CHECK_THROWS_WITH(made("levels=1/0,temperature=1"), Contains("quantizer.levels: [1, 0] is not allowed"));
  CHECK_THROWS_WITH(made("levels=1,temperature=1"), Contains("at least two levels"));
  CHECK_THROWS_WITH(made("thresholds=0.1,temperature=1"), Contains("1 numbers are not allowed with 3 levels"));
  CHECK_THROWS_WITH(made("thresholds=0.1/-0.1,temperature=1"), Contains("numbers that rise"));
  CHECK_THROWS_WITH(made("levels=-1/0/1"), Contains("quantizer.temperature: missing"));
  CHECK_THROWS_WITH(made("temperature=1,temperature_per_epoch=2"), Contains("not both"));
  CHECK_THROWS_WITH(test::estimator("exact", "uniform"), Contains("has no derivative"));
}

TEST_CASE("a temperature above the highest is refused", "[quantizers]") {
  CHECK_THROWS_WITH(test::quantizer("soft-staircase:temperature=50,temperature_max=20"),
                    Contains("quantizer.temperature: 50 is not allowed with temperature_max 20"));
  CHECK_THROWS_WITH(test::quantizer("soft-staircase:temperature_per_epoch=50,temperature_max=20"),
                    Contains("quantizer.temperature_per_epoch: 50 is not allowed"));
}

// SPDX-License-Identifier: MIT
// What every quantizer whose grid moves must satisfy, and the numbers of published examples.
#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

const std::vector<std::string> kMoving{"lsq:bits=2",
                                       "lsq:bits=4",
                                       "absmean-ternary",
                                       "twn",
                                       "xnor",
                                       "ttq",
                                       "soft-staircase:levels=-2/-1/0/1/2,temperature=3",
                                       "soft-staircase:thresholds=-0.3/0.4,temperature=30,forward=hard"};

const std::vector<double> kMovingWeights{0.80, -0.60, 0.03, -0.05, 0.30, -0.041, 0.0399, -0.20};

std::vector<double> fitted(const Quantizer& quantizer, const std::vector<double>& w) {
  std::vector<double> numbers(quantizer.grid().numbers.size());
  quantizer.schedule({}, numbers);
  quantizer.fit(std::span<const double>(w), numbers);
  quantizer.start(std::span<const double>(w), numbers);
  return numbers;
}

struct Quantized {
  std::vector<Level> level;
  std::vector<double> value;
};

Quantized quantized(const Quantizer& quantizer, const std::vector<double>& w, const std::vector<double>& numbers) {
  Quantized result{std::vector<Level>(w.size()), std::vector<double>(w.size())};
  quantizer.quantize(std::span<const double>(w), std::span(result.level), std::span(result.value),
                     {.grid = numbers, .hard = true});
  return result;
}

/// sum of g Q(w), whose derivative by a learned number is what add_gradients() adds but for its scale.
double weighted(const Quantizer& quantizer, const std::vector<double>& w, const std::vector<double>& g,
                const std::vector<double>& numbers) {
  const Quantized q = quantized(quantizer, w, numbers);
  double sum = 0;
  for (std::size_t i = 0; i < w.size(); ++i) sum += g[i] * q.value[i];
  return sum;
}

}  // namespace

TEST_CASE("levels and values of a grid that moves are those of its grid at these numbers", "[quantizers]") {
  for (const std::string& spec : kMoving) {
    INFO(spec);
    const auto quantizer = test::quantizer(spec);
    const std::vector<double> numbers = fitted(*quantizer, kMovingWeights);
    const Grid grid = quantizer->grid_at(numbers);
    const GridFrame frame = quantizer->frame_at(numbers), own = grid.frame();
    CHECK((frame.low == own.low && frame.high == own.high && frame.delta == own.delta));
    CHECK(grid.levels.size() == quantizer->grid().levels.size());
    std::vector<double> w(200);
    for (std::size_t i = 0; i < w.size(); ++i) w[i] = test::scattered(static_cast<int>(i), 2 * own.low, 2 * own.high);
    const Quantized q = quantized(*quantizer, w, numbers);
    for (std::size_t i = 0; i < w.size(); ++i) {
      REQUIRE(q.level[i] == grid.level_at(w[i]));
      REQUIRE(q.value[i] == Approx(grid.levels[static_cast<std::size_t>(q.level[i])]).margin(1e-15));
    }
  }
}

TEST_CASE("numbers that stand in the cited papers' examples", "[quantizers]") {
  const std::vector<double> twn = fitted(*test::quantizer("twn"), kMovingWeights);
  CHECK(twn[0] == Approx(0.180329).epsilon(1e-5));
  CHECK(twn[1] == Approx(0.475).epsilon(1e-12));
  const std::vector<double> survey{0.9, -0.6, 0.1, -0.3, 0.5, -0.05, 0.7, -0.8};
  CHECK(fitted(*test::quantizer("xnor"), survey)[0] == Approx(0.493750).epsilon(1e-12));
}

TEST_CASE("the gradient of a learned step is a central difference inside, over the published scale", "[quantizers]") {
  const auto quantizer =
      quantizer_registry().make(parse_spec("lsq:bits=3", ""), "", TensorShape{6, kMovingWeights.size()});
  const std::vector<double> g{0.10, -0.20, 0.30, 0.05, -0.40, 0.25, -0.15, 0.35};
  constexpr double kStep = 0.11, kDifference = 1e-7;
  std::vector<double> slope(1);
  const std::vector<double> numbers{kStep};
  quantizer->add_gradients(std::span<const double>(kMovingWeights), std::span<const double>(g), {.grid = numbers},
                           slope);
  // Q(w; s) = s round(w / s) jumps where w / s meets a half; its published derivative takes w / s in round as a straight
  // line: the difference of s (round(v) - v) + w.
  const auto straight = [&](double s) {
    double sum = 0;
    for (std::size_t i = 0; i < kMovingWeights.size(); ++i) {
      const double v = kMovingWeights[i] / kStep, inside = std::clamp(std::nearbyint(v), -4.0, 3.0);
      sum += g[i] * (v > -4 && v < 3 ? s * (inside - v) : s * inside);
    }
    return sum;
  };
  const double expected = (straight(kStep + kDifference) - straight(kStep - kDifference)) / (2 * kDifference);
  CHECK(slope[0] == Approx(expected / std::sqrt(8.0 * 3)).epsilon(1e-7));
  // Outside, the value follows the step itself.
  const std::vector<double> far(8, 5.0), ones(8, 1.0);
  std::vector<double> outside(1);
  quantizer->add_gradients(std::span<const double>(far), std::span<const double>(ones), {.grid = numbers}, outside);
  const double difference = (weighted(*quantizer, far, ones, {kStep + kDifference}) -
                             weighted(*quantizer, far, ones, {kStep - kDifference})) /
                            (2 * kDifference);
  CHECK(outside[0] == Approx(difference / std::sqrt(8.0 * 3)).epsilon(1e-6));
}

TEST_CASE("a row has numbers of its own where they are per row", "[quantizers]") {
  const TensorShape shape{.fan_in = 3, .weights = 6, .rows = 2};
  for (const char* spec : {"lsq:per=row", "absmean-ternary:per=row", "twn:per=row", "xnor:per=row"})
    CHECK(quantizer_registry().make(parse_spec(spec, ""), "", shape)->group() == 3);
  for (const std::string& spec : kMoving) CHECK(test::quantizer(spec)->group() == 0);
}

TEST_CASE("a group of zeros stays on a grid", "[quantizers]") {
  const std::vector<double> zeros(4);
  for (const std::string& spec : kMoving) {
    INFO(spec);
    const auto quantizer = test::quantizer(spec);
    const Quantized q = quantized(*quantizer, zeros, fitted(*quantizer, zeros));
    CHECK(q.value == zeros);
  }
}

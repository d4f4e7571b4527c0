// SPDX-License-Identifier: MIT
// Grids of buckets: the worked example of ten weights, at 2 bits in buckets of 4.
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "sim/quantizers/quantizer.hpp"

using namespace steq;
using Catch::Contains;

namespace {

const std::vector<double> kTen{0.40, -0.30, 0.20, 0.90, -0.70, 0.25, 0.05, -0.10, 0.33, -0.45};
const std::vector<double> kGradient{.1, -.2, .3, .05, -.1, .2, -.3, .15, .25, -.05};

std::unique_ptr<Quantizer> of_ten(const std::string& spec) {
  return quantizer_registry().make(parse_spec(spec, "quantizer"), "quantizer",
                                   TensorShape{.fan_in = 5, .weights = 10, .rows = 2});
}

/// The values of ten weights, group by group.
std::vector<double> values_of_ten(const std::string& spec, Step step = 0) {
  const auto quantizer = of_ten(spec);
  const std::size_t group = quantizer->group() > 0 ? quantizer->group() : 10;
  std::vector<double> values;
  for (std::size_t first = 0; first < 10; first += group) {
    const auto w = std::span(kTen).subspan(first, std::min(group, 10 - first));
    std::vector<double> numbers(quantizer->grid().numbers.size()), value(w.size());
    std::vector<Level> level(w.size());
    quantizer->fit(w, numbers);
    quantizer->quantize(w, level, value, {.seed = 3, .step = step, .first = first, .grid = numbers});
    values.insert(values.end(), value.begin(), value.end());
  }
  return values;
}

void check_near(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).margin(1e-6));
}

}  // namespace

TEST_CASE("buckets have grids of their own, ties go down", "[quantizers]") {
  check_near(values_of_ten("bucketed:bits=2,bucket=4"),
             {0.5, -0.3, 0.1, 0.9, -0.7, 0.25, -0.066667, -0.066667, 0.33, -0.45});
  const std::vector<double> whole{0.366667, -0.166667, 0.366667,  0.9,      -0.7,
                                  0.366667, -0.166667, -0.166667, 0.366667, -0.7};
  check_near(values_of_ten("bucketed:bits=2,bucket=0"), whole);
  check_near(values_of_ten("bucketed:bits=2,bucket=99"), whole);
}

TEST_CASE("a bucket of equal weights has the width 1", "[quantizers]") {
  const auto quantizer = of_ten("bucketed:bits=2,bucket=0");
  const std::vector<double> same(10, 0.25);
  std::vector<double> numbers(2), value(10);
  std::vector<Level> level(10);
  quantizer->fit(std::span(same), numbers);
  CHECK(numbers == std::vector<double>{0.25, 1});
  quantizer->quantize(std::span(same), level, value, {.grid = numbers});
  CHECK(value == same);
}

TEST_CASE("stochastic buckets are right in the mean", "[quantizers]") {
  std::vector<double> mean(10);
  constexpr int kDraws = 4000;
  for (Step step = 0; step < kDraws; ++step) {
    const std::vector<double> values = values_of_ten("bucketed:bits=2,bucket=4,rounding=stochastic", step);
    for (std::size_t i = 0; i < 10; ++i) mean[i] += values[i] / kDraws;
  }
  for (std::size_t i = 0; i < 10; ++i) CHECK(std::abs(mean[i] - kTen[i]) < 4 * 0.2 / std::sqrt(kDraws));
}

TEST_CASE("points learn, each by the weights nearest to it", "[quantizers]") {
  const auto quantizer = of_ten("points:count=4,bucket=4");
  std::vector<double> numbers(quantizer->grid().numbers.size()), value(10), sums(4);
  quantizer->fit(std::span(kTen), numbers);
  check_near({numbers.begin() + 4, numbers.end()}, {-0.30, -0.70, -0.45, 1.20, 0.95, 0.78});
  quantizer->start(std::span(kTen), numbers);
  check_near({numbers.begin(), numbers.begin() + 4}, {0, 0.416667, 0.789474, 1});
  for (std::size_t j = 0; j < 4; ++j) numbers[j] = std::vector<double>{0, .3, .65, 1}[j];
  std::vector<Level> level(10);
  quantizer->quantize(std::span(kTen), level, value, {.grid = numbers});
  CHECK(level == std::vector<Level>{2, 0, 1, 3, 0, 3, 2, 2, 3, 0});
  quantizer->add_gradients(std::span(kTen), std::span(kGradient), {.grid = numbers}, sums);
  check_near(sums, {-0.374, 0.36, -0.0225, 0.445});
  const std::vector<Grid> grids = quantizer->grids_at(numbers);
  REQUIRE(grids.size() == 3);
  CHECK(quantizer->frame_at(numbers).low == Approx(-0.7));
  CHECK(quantizer->frame_at(numbers).high == Approx(0.9));
  for (std::size_t i = 0; i < 10; ++i)
    CHECK(value[i] == Approx(grids[i / 4].levels[static_cast<std::size_t>(level[i])]));
}

TEST_CASE("the gradient of points is the derivative of the values", "[quantizers]") {
  const auto quantizer = of_ten("points:count=4,bucket=4,start=uniform");
  std::vector<double> numbers(quantizer->grid().numbers.size()), sums(4);
  quantizer->fit(std::span(kTen), numbers);
  quantizer->start(std::span(kTen), numbers);
  quantizer->add_gradients(std::span(kTen), std::span(kGradient), {.grid = numbers}, sums);
  const auto loss = [&] {
    std::vector<double> value(10);
    std::vector<Level> level(10);
    quantizer->quantize(std::span(kTen), level, value, {.grid = numbers});
    return std::inner_product(value.begin(), value.end(), kGradient.begin(), 0.0);
  };
  for (std::size_t j = 0; j < 4; ++j) {
    const double h = 1e-6, point = numbers[j];
    numbers[j] = point + h;
    const double above = loss();
    numbers[j] = point - h;
    CHECK(sums[j] == Approx((above - loss()) / (2 * h)).margin(1e-8));
    numbers[j] = point;
  }
}

TEST_CASE("buckets and points are for weights", "[quantizers]") {
  for (const char* name : {"bucketed", "points"})
    CHECK_THROWS_WITH(quantizer_registry().make({name, {}}, "quantizer", TensorShape{.activations = true}),
                      Contains("is not allowed for activations: its grid follows a tensor of weights; allowed: none, "
                               "uniform, sign, integer, soft-staircase, fixed-point, ceil"));
}

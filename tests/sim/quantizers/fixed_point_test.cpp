// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;
using Catch::Contains;

namespace {

template <class T>
std::vector<T> fixed(const std::string& spec, const std::vector<T>& w, const BlockPlace& place = {}) {
  std::vector<Level> level(w.size());
  std::vector<T> value(w.size());
  test::quantizer(spec)->quantize(std::span<const T>(w), level, std::span(value), place);
  return value;
}

}  // namespace

TEST_CASE("ties go down, and the range is that of the bits", "[fixed-point]") {
  const std::string spec = "fixed-point:integer_bits=2,fraction_bits=2";  // -2, -1.75, ..., 1.75
  const std::vector<double> w{0.125, 0.126, -0.125, -0.124, 0.375, 5, -5, 1.8, -1.9};
  const std::vector<double> expected{0, 0.25, -0.25, 0, 0.25, 1.75, -2, 1.75, -2};
  CHECK(fixed(spec, w) == expected);
  CHECK(fixed<float>(spec, {w.begin(), w.end()}) == std::vector<float>(expected.begin(), expected.end()));
  const auto quantizer = test::quantizer(spec);
  for (const double x : w) CHECK(quantizer->level_of(x) == quantizer->grid().level_at(x));
}

TEST_CASE("stochastic rounding has the weight as its mean, and draws anew at every step", "[fixed-point]") {
  const std::string spec = "fixed-point:integer_bits=2,fraction_bits=3,rounding=stochastic";
  const std::vector<double> w(kBlock, 0.3);
  double sum = 0;
  for (Step step = 1; step <= 50; ++step)
    for (const double x : fixed(spec, w, {.seed = 3, .step = step})) {
      CHECK((x == 0.25 || x == 0.375));
      sum += x;
    }
  constexpr double kDraws = 50.0 * kBlock;
  const double deviation = 0.125 * std::sqrt(0.4 * 0.6 / kDraws);
  CHECK(std::abs(sum / kDraws - 0.3) < 4 * deviation);
  CHECK(fixed(spec, w, {.seed = 3, .step = 1}) == fixed(spec, w, {.seed = 3, .step = 1}));
  CHECK(fixed(spec, w, {.seed = 3, .step = 1}) != fixed(spec, w, {.seed = 3, .step = 2}));
  CHECK(fixed(spec, w, {.hard = true}) == std::vector<double>(kBlock, 0.25));
  CHECK(fixed(spec, std::vector<double>{0.25}, {.step = 9}) == std::vector<double>{0.25});
}

TEST_CASE("more bits than levels can be counted in are refused", "[fixed-point]") {
  CHECK_THROWS_WITH(test::quantizer("fixed-point:integer_bits=8,fraction_bits=8"), Contains("2 to 15 bits together"));
  CHECK_NOTHROW(quantizer_registry().make(parse_spec("fixed-point:integer_bits=8,fraction_bits=8", ""), "",
                                          TensorShape{.activations = true}));
}

// SPDX-License-Identifier: MIT
#include "plots/statistics/standing.hpp"

#include <catch2/catch.hpp>

using namespace steq;

namespace {

MeasuredDivergence count(double weights, std::uint64_t of = 264960) {
  return {.values = {weights / static_cast<double>(of)}, .weights = of};
}

}  // namespace

TEST_CASE("249 against 239 weights is no difference, 249 against 60 is one") {
  CHECK(standing(count(249), count(239)) == Standing::alike);
  CHECK(standing(count(239), count(249)) == Standing::alike);
  CHECK(standing(count(249), count(60)) == Standing::above);
  CHECK(standing(count(60), count(249)) == Standing::below);
}

TEST_CASE("few weights say little, whatever their ratio; none against none is alike") {
  CHECK(standing(count(5), count(1)) == Standing::alike);
  CHECK(standing(count(3), count(0)) == Standing::alike);
  CHECK(standing(count(30), count(1)) == Standing::above);
  CHECK(standing(count(0), count(0)) == Standing::alike);
  CHECK(standing({.values = {0.0}}, {.values = {0.0}}) == Standing::alike);
}

TEST_CASE("many weights do not make one run tell less than a tenth apart") {
  CHECK(standing(count(105000), count(100000)) == Standing::alike);
  CHECK(standing(count(115000), count(100000)) == Standing::above);
  CHECK(standing({.values = {0.28}}, {.values = {0.26}}) == Standing::alike);
  CHECK(standing({.values = {0.28}}, {.values = {0.1}}) == Standing::above);
}

TEST_CASE("counts are held against each other by the exact binomial test") {
  CHECK(probability_of_counts(0, 0) == 1);
  CHECK(probability_of_counts(7, 7) == 1);
  CHECK(probability_of_counts(6, 0) == Approx(2 / 64.0));
  CHECK(probability_of_counts(1, 5) == Approx(2 * (1 + 6) / 64.0));
  CHECK(probability_of_counts(5, 1) == probability_of_counts(1, 5));
}

TEST_CASE("several seeds are weighed pair by pair, as ratios") {
  const std::vector<double> ste{0.028, 0.0298, 0.0624}, jitter{0.0059, 0.0074, 0.0079};
  CHECK(standing({.values = ste}, {.values = jitter}) == Standing::above);
  CHECK(standing({.values = jitter}, {.values = ste}) == Standing::below);
  CHECK(standing({.values = {0.01, 0.03, 0.02}}, {.values = {0.02, 0.01, 0.03}}) == Standing::alike);
  // The medians are 40 % apart, but so are the seeds.
  CHECK(standing({.values = {0.02, 0.04, 0.01}}, {.values = {0.015, 0.014, 0.02}}) == Standing::alike);
  CHECK(standing({.values = {0.0, 0.0, 0.0}}, {.values = {0.01, 0.011, 0.012}}) == Standing::below);
}

TEST_CASE("a count supports the digits that its square root leaves") {
  CHECK(digits_of_count(0) == 1);
  CHECK(digits_of_count(9) == 1);
  CHECK(digits_of_count(249) == 2);
  CHECK(digits_of_count(10000) == 3);
  CHECK(digits_of_count(1e9) == 3);
}

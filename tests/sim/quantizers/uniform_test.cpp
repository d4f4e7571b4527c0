// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

/// The nearest level by comparing distances, in extended precision; the even index where two are equally near.
Level nearest_level(int bits, double range, double w) {
  const int intervals = (1 << bits) - 1;
  const auto distance = [&](int j) {
    return std::abs(static_cast<long double>(w) * intervals - static_cast<long double>(range) * (2 * j - intervals));
  };
  int best = 0;
  for (int j = 1; j <= intervals; ++j)
    if (distance(j) < distance(best) || (distance(j) == distance(best) && j % 2 == 0)) best = j;
  return static_cast<Level>(best);
}

bool near_tie(const Grid& grid, double w, double margin) {
  for (const double threshold : grid.thresholds)
    if (std::abs(w - threshold) < margin) return true;
  return false;
}

std::unique_ptr<Quantizer> uniform(int bits, double range) {
  return test::quantizer(fmt::format("uniform:bits={},range={}", bits, range));
}

template <class T>
std::pair<std::vector<Level>, std::vector<T>> quantized(const Quantizer& quantizer, const std::vector<T>& w) {
  std::vector<Level> levels(w.size());
  std::vector<T> values(w.size());
  quantizer.quantize(std::span<const T>(w), std::span<Level>(levels), std::span<T>(values), BlockPlace{});
  return {levels, values};
}

template <class T>
void check_against_definition(int bits, double range) {
  INFO(bits << " bits, range " << range);
  const auto quantizer = uniform(bits, range);
  const double margin = 4 * range * static_cast<double>(std::numeric_limits<T>::epsilon());
  std::vector<T> w;
  for (int i = 0; i < 1000; ++i) w.push_back(static_cast<T>(test::scattered(i, -1.3 * range, 1.3 * range)));
  const auto [levels, values] = quantized(*quantizer, w);
  for (std::size_t i = 0; i < w.size(); ++i) {
    const auto exact = static_cast<double>(w[i]);
    if (near_tie(quantizer->grid(), exact, margin)) continue;
    const Level expected = nearest_level(bits, range, exact);
    CHECK(levels[i] == expected);
    CHECK(static_cast<double>(values[i]) ==
          Approx(quantizer->grid().levels[static_cast<std::size_t>(expected)]).epsilon(0).margin(margin));
  }
}

}  // namespace

TEST_CASE("uniform picks the nearest level in float and double", "[uniform]") {
  for (int bits = 1; bits <= 8; ++bits)
    for (const double range : {1.0, std::sqrt(6.0 / 288), 37.5}) {
      check_against_definition<double>(bits, range);
      check_against_definition<float>(bits, range);
    }
}

TEST_CASE("uniform's grid has 2^bits equidistant levels with thresholds half way", "[uniform]") {
  for (int bits = 1; bits <= 8; ++bits) {
    const Grid grid = uniform(bits, 2.5)->grid();
    REQUIRE(grid.levels.size() == std::size_t{1} << bits);
    REQUIRE(grid.thresholds.size() == grid.intervals());
    CHECK(grid.levels.front() == -2.5);
    CHECK(grid.levels.back() == Approx(2.5).epsilon(1e-15));
    for (std::size_t j = 0; j < grid.intervals(); ++j) {
      CHECK(grid.levels[j + 1] - grid.levels[j] == Approx(grid.delta).epsilon(1e-12));
      CHECK(grid.thresholds[j] == Approx((grid.levels[j] + grid.levels[j + 1]) / 2).margin(1e-14));
    }
  }
}

TEST_CASE("uniform switches levels exactly around each threshold", "[uniform]") {
  for (const int bits : {1, 2, 3, 4, 8}) {
    const auto quantizer = uniform(bits, 1);
    for (std::size_t j = 0; j < quantizer->grid().intervals(); ++j) {
      const double threshold = quantizer->grid().thresholds[j];
      CHECK(quantizer->level_of(threshold - 1e-14) == static_cast<Level>(j));
      CHECK(quantizer->level_of(threshold + 1e-14) == static_cast<Level>(j + 1));
    }
  }
}

TEST_CASE("uniform breaks the tie at 0 to the even index", "[uniform]") {
  const std::pair<int, Level> expected[] = {{1, 0}, {2, 2}, {3, 4}, {4, 8}, {8, 128}};
  for (const auto& [bits, level] : expected)
    for (const std::size_t fan_in : {6, 9, 25, 27, 288, 576, 4608}) {
      INFO(bits << " bits, fan-in " << fan_in);
      const auto quantizer = test::quantizer(fmt::format("uniform:bits={}", bits), fan_in);
      CHECK(quantizer->level_of(0) == level);
      CHECK(quantizer->level_of(-0.0) == level);
      CHECK(quantized<float>(*quantizer, {0.0f}).first[0] == level);
      CHECK(nearest_level(bits, quantizer->grid().range, 0) == level);
      CHECK(quantizer->grid().thresholds[quantizer->grid().intervals() / 2] == 0);
    }
}

TEST_CASE("uniform breaks every exact tie to the even index", "[uniform]") {
  const auto quantizer = uniform(2, 1.5);  // delta = 1: all thresholds are exact
  CHECK(quantizer->level_of(-1) == 0);
  CHECK(quantizer->level_of(0) == 2);
  CHECK(quantizer->level_of(1) == 2);
  CHECK(quantized<float>(*quantizer, {-1, 0, 1}).first == std::vector<Level>{0, 2, 2});
}

TEST_CASE("uniform saturates and survives what is not a number", "[uniform]") {
  constexpr double kInf = kInfinity;
  for (const int bits : {1, 2, 8}) {
    const auto quantizer = uniform(bits, 0.3);
    const auto top = static_cast<Level>(quantizer->grid().intervals());
    const std::vector<double> w{-0.3, 0.3, -0.4, 0.4, -1e308, 1e308, -kInf, kInf};
    for (std::size_t i = 0; i < w.size(); ++i) {
      INFO(w[i]);
      CHECK(quantizer->level_of(w[i]) == (i % 2 == 0 ? 0 : top));
      CHECK(quantized<float>(*quantizer, {static_cast<float>(w[i])}).first[0] == (i % 2 == 0 ? 0 : top));
    }
    const Level of_nan = quantizer->level_of(std::nan(""));
    CHECK((of_nan >= 0 && of_nan <= top));
  }
}

TEST_CASE("uniform's values are fixed points", "[uniform]") {
  for (int bits = 1; bits <= 8; ++bits) {
    const auto quantizer = uniform(bits, std::sqrt(6.0 / 27));
    std::vector<float> w;
    for (const double level : quantizer->grid().levels) w.push_back(static_cast<float>(level));
    const auto [levels, values] = quantized(*quantizer, w);
    for (std::size_t j = 0; j < w.size(); ++j) CHECK(levels[j] == static_cast<Level>(j));
    const auto [again, same] = quantized(*quantizer, values);
    CHECK(again == levels);
    CHECK(same == values);
  }
}

TEST_CASE("uniform's range follows the fan-in unless given", "[uniform]") {
  CHECK(test::quantizer("uniform", 288)->grid().range == Approx(std::sqrt(6.0 / 288)).epsilon(1e-15));
  CHECK(test::quantizer("uniform:range=fan-in", 6)->grid().range == 1);
  CHECK(test::quantizer("uniform:range=2", 288)->grid().range == 2);
}

TEST_CASE("uniform refuses other widths and ranges", "[uniform]") {
  for (const char* spec :
       {"uniform:bits=0", "uniform:bits=9", "uniform:bits=2.5", "uniform:bits=nan", "uniform:range=0",
        "uniform:range=-1", "uniform:range=inf", "uniform:range=1e-300", "uniform:bit=2"}) {
    INFO(spec);
    CHECK_THROWS_AS(test::quantizer(spec), InputError);
  }
}

// SPDX-License-Identifier: MIT
#include "plots/tables/numbers.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace steq;

TEST_CASE("thinned places are at most one more than the limit, evenly spaced, with both ends") {
  CHECK(thinned(0, 3).empty());
  CHECK(thinned(3, 3) == std::vector<std::size_t>{0, 1, 2});
  CHECK(thinned(4, 3) == std::vector<std::size_t>{0, 2, 3});
  for (const std::size_t count : {2001u, 4000u, 123457u}) {
    const auto places = thinned(count, 2000);
    CHECK(places.size() <= 2001);
    CHECK(places.size() > 1000);
    CHECK(places.front() == 0);
    CHECK(places.back() == count - 1);
    for (std::size_t i = 2; i + 1 < places.size(); ++i) REQUIRE(places[i] - places[i - 1] == places[1]);
  }
}

TEST_CASE("a weight is named by its place in the tensor") {
  CHECK(weight_name("conv", 0, {}) == "conv[0]");
  CHECK(weight_name("conv", 119, {2, 3, 4, 5}) == "conv[1,2,3,4]");
  CHECK(weight_name("conv", ((1 * 3 + 0) * 4 + 2) * 5 + 1, {2, 3, 4, 5}) == "conv[1,0,2,1]");
}

TEST_CASE("numbers are short; what is none leaves a gap") {
  CHECK(cell(1.0 / 3) == "0.333333333");
  CHECK(cell(1234567) == "1234567");
  CHECK(cell(std::nan("")).empty());
  CHECK(percent(0.000855) == "0.0855 %");
}

// SPDX-License-Identifier: MIT
#include "theory/bounds/tally.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace steq;

namespace {

const double kNan = std::nan("");

}  // namespace

TEST_CASE("a tally counts what was checked, what failed and what made no claim", "[bounds]") {
  const std::vector<double> measured{1, 2, 3, 50, kNan, 0.5}, bound{2, 2, 2.5, kInfinity, 1, kNan};
  const std::vector<double> tolerance{0, 0, 0.4, 0, 0, 0};
  const Tally tally = tally_block(measured, bound, tolerance, 100, 7);
  CHECK(tally.checked == 4);
  CHECK(tally.not_applicable == 2);
  CHECK(tally.violations == 2);  // 3 > 2.5 + 0.4, and what is not a number
  CHECK(tally.largest_excess == 0.5);
  CHECK(tally.step == 7);
  CHECK(tally.weight == 102);
}

TEST_CASE("a violation within the tolerance is none", "[bounds]") {
  const std::vector<double> measured{1, 1.5}, bound{1, 1}, tolerance{0, 0.5};
  CHECK(tally_block(measured, bound, tolerance, 0, 1).violations == 0);
  CHECK(tally_block(measured, bound, bound, 0, 1).tightness() == 1.25);
}

TEST_CASE("tallies add up; of equal excesses the first stays", "[bounds]") {
  const std::vector<double> none{0, 0}, one{1, 2}, two{4, 4};
  Tally sum;
  CHECK(std::isnan(sum.tightness()));
  CHECK(sum.largest_excess == -kInfinity);
  const std::vector<Tally> blocks{tally_block(one, two, none, 0, 3), tally_block(two, one, none, 2, 3),
                                  tally_block(two, one, none, 4, 3)};
  sum.add(merged(blocks));
  sum.add(tally_block(two, one, none, 0, 4));
  CHECK(sum.checked == 8);
  CHECK(sum.violations == 6);
  CHECK(sum.measured == 27);
  CHECK(sum.bound == 17);
  CHECK(sum.largest_excess == 3);
  CHECK(sum.step == 3);
  CHECK(sum.weight == 2);
}

// SPDX-License-Identifier: MIT
#include "plots/statistics/paired_difference.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace steq;

namespace {

PairedDifference paired(const std::vector<double>& first, const std::vector<double>& second,
                        Better better = Better::larger) {
  const auto found = paired_difference(first, second, better);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("the interval is that of the paired t-test") {
  // Differences 1, 2, 3, 4: mean 2.5, deviation sqrt(5/3); Student's t with 3 degrees of freedom: 3.18245 at 97.5 %.
  const PairedDifference p = paired({2, 4, 6, 8}, {1, 2, 3, 4});
  const double margin = 3.182446305 * std::sqrt(5.0 / 3) / 2;
  CHECK(p.seeds == 4);
  CHECK(p.median == 2.5);
  CHECK(p.mean == 2.5);
  CHECK(*p.low == Approx(2.5 - margin));
  CHECK(*p.high == Approx(2.5 + margin));
  CHECK(p.first_better == 4);
  CHECK(p.outcome == Outcome::better);
  CHECK_FALSE(p.seeds_needed);
}

TEST_CASE("better is what the quantity wants: more accuracy, less loss") {
  CHECK(paired({0.91, 0.93, 0.92}, {0.81, 0.82, 0.83}).outcome == Outcome::better);
  CHECK(paired({0.81, 0.82, 0.83}, {0.91, 0.93, 0.92}).outcome == Outcome::worse);
  const PairedDifference loss = paired({0.1, 0.2, 0.15}, {1.1, 1.3, 1.2}, Better::smaller);
  CHECK(loss.outcome == Outcome::better);
  CHECK(loss.first_better == 3);
  CHECK(loss.mean < 0);
}

TEST_CASE("what the spread over seeds covers is not told apart, and it is said how many seeds would") {
  const PairedDifference p = paired({0.92, 0.91, 0.93}, {0.91, 0.92, 0.90});
  CHECK(p.outcome == Outcome::not_told_apart);
  CHECK((*p.low < 0 && *p.high > 0));
  CHECK(p.first_better == 2);
  REQUIRE(p.seeds_needed);
  CHECK(*p.seeds_needed == *seeds_to_tell_apart(0.01, 0.02));
}

TEST_CASE("the number of seeds is that of the textbooks: 80 % power at 5 %, two-sided, paired") {
  CHECK(seeds_to_tell_apart(0.2, 1) == 199);
  CHECK(seeds_to_tell_apart(0.5, 1) == 34);
  CHECK(seeds_to_tell_apart(-0.8, 1) == 15);
  CHECK(seeds_to_tell_apart(1, 1) == 10);
  CHECK_FALSE(seeds_to_tell_apart(1e-5, 1));
  CHECK_FALSE(seeds_to_tell_apart(0, 1));
  CHECK_FALSE(seeds_to_tell_apart(1, 0));
}

TEST_CASE("with that many seeds four of five studies tell the two apart") {
  std::mt19937 random(1);
  std::normal_distribution<double> difference(0.8, 1);
  const std::size_t studies = 4000, seeds = *seeds_to_tell_apart(0.8, 1);
  std::size_t told = 0;
  for (std::size_t study = 0; study < studies; ++study) {
    std::vector<double> first;
    for (std::size_t i = 0; i < seeds; ++i) first.push_back(difference(random));
    told += paired(first, std::vector<double>(seeds, 0)).outcome == Outcome::better;
  }
  CHECK(static_cast<double>(told) / studies == Approx(0.8).margin(0.03));
}

TEST_CASE("one seed says nothing, and twins that are equal are equal") {
  const PairedDifference one = paired({0.9}, {0.8});
  CHECK(one.outcome == Outcome::not_told_apart);
  CHECK((!one.low && !one.high && !one.seeds_needed));
  const PairedDifference twins = paired({0.9, 0.8, 0.7, 0.6, 0.5, 0.4}, {0.9, 0.8, 0.7, 0.6, 0.5, 0.4});
  CHECK(twins.outcome == Outcome::not_told_apart);
  CHECK((twins.low == 0.0 && twins.high == 0.0 && !twins.seeds_needed));
  CHECK_FALSE(paired_difference({}, {}, Better::larger));
}

TEST_CASE("differences that are all the same have no spread: the sign test decides") {
  // In binary, 0.91 - 0.90 and 0.81 - 0.80 are not the same number.
  const PairedDifference three = paired({0.91, 0.81, 0.71}, {0.90, 0.80, 0.70});
  CHECK(three.outcome == Outcome::not_told_apart);
  CHECK((!three.low && !three.high));
  CHECK(three.seeds_needed == 6);
  CHECK(paired({2, 3, 4, 5, 6, 7}, {1, 2, 3, 4, 5, 6}).outcome == Outcome::better);
}

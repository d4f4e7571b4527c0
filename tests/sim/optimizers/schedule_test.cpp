// SPDX-License-Identifier: MIT
#include "sim/optimizers/schedule.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/core/sums.hpp"

using namespace steq;

namespace {

Schedule schedule(const std::string& spec) {
  return schedule_registry().make(parse_spec(spec, "schedule"), "schedule");
}

}  // namespace

TEST_CASE("the constant schedule is constant", "[optimizers]") {
  for (const std::uint64_t c : {0, 1, 50, 99}) CHECK(schedule("constant")(c, 100) == 1);
}

TEST_CASE("warmup-cosine begins at 0, rises to the peak and falls to 0", "[optimizers]") {
  const Schedule share = schedule("warmup-cosine");
  CHECK(share(0, 1000) == 0);
  CHECK(share(1, 1000) == Approx(0.05));
  CHECK(share(10, 1000) == Approx(0.5));
  CHECK(share(20, 1000) == 1);
  CHECK(share(510, 1000) == Approx(0.5));
  CHECK(share(265, 1000) == Approx((1 + std::sqrt(0.5)) / 2));
  CHECK(share(999, 1000) == Approx(std::pow(std::sin(std::acos(-1.0) / 1960), 2)));
  CHECK(share(1000, 1000) == Approx(0).margin(1e-15));
  CHECK(share(2000, 1000) == Approx(0).margin(1e-15));
}

TEST_CASE("the warm-up is a share of all updates, whole or not, and may be none", "[optimizers]") {
  CHECK(schedule("warmup-cosine:warmup=0")(0, 10) == 1);
  CHECK(schedule("warmup-cosine:warmup=0.5")(3, 10) == Approx(0.6));
  CHECK(schedule("warmup-cosine:warmup=0.5")(5, 10) == 1);
  CHECK(schedule("warmup-cosine:warmup=0.25")(2, 10) == Approx(0.8));
  CHECK(schedule("warmup-cosine:warmup=0.25")(3, 10) == Approx((1 + std::cos(std::acos(-1.0) * 0.5 / 7.5)) / 2));
}

TEST_CASE("the sums of ten epochs of a hundred steps", "[optimizers]") {
  const Schedule share = schedule("warmup-cosine:warmup=0.02");
  CHECK(pairwise_sum(0, 1000, [&](std::size_t c) { return share(c, 1000); }) == Approx(500.0).margin(0.05));
  CHECK(pairwise_sum(0, 1000, [&](std::size_t c) { return std::pow(share(c, 1000), 2); }) ==
        Approx(374.2).margin(0.05));
}

TEST_CASE("a floor leaves the rise, and is what the fall ends at", "[optimizers]") {
  const Schedule cosine = schedule("warmup-cosine:warmup=0.2,floor=0.1"), plain = schedule("warmup-cosine:warmup=0.2");
  CHECK(cosine(10, 100) == 0.5);
  CHECK(cosine(20, 100) == 1);
  CHECK(cosine(60, 100) == Approx(0.55));
  CHECK(cosine(100, 100) == Approx(0.1));
  for (const std::uint64_t c : {20, 37, 99}) CHECK(cosine(c, 100) == Approx(0.1 + 0.9 * plain(c, 100)));
}

TEST_CASE("linear rises and falls in lines", "[optimizers]") {
  const Schedule share = schedule("linear:warmup=0.2,floor=0.5");
  CHECK(share(0, 100) == 0);
  CHECK(share(5, 100) == 0.25);
  CHECK(share(20, 100) == 1);
  CHECK(share(60, 100) == Approx(0.75));
  CHECK(share(99, 100) == Approx(0.5 + 0.5 / 80));
  CHECK(schedule("linear:warmup=0")(0, 10) == 1);
  CHECK(schedule("linear:warmup=0")(9, 10) == Approx(0.1));
}

TEST_CASE("steps multiply by the factor at each moment, at the update that it falls on", "[optimizers]") {
  const Schedule share = schedule("steps:at=0.5/0.75,factor=0.2");
  CHECK(share(0, 100) == 1);
  CHECK(share(49, 100) == 1);
  CHECK(share(50, 100) == 0.2);
  CHECK(share(74, 100) == 0.2);
  CHECK(share(75, 100) == Approx(0.04));
  CHECK(share(99, 100) == Approx(0.04));
  for (int c = 1; c < 100; ++c) {  // 0.07 * 100 is above 7 in doubles
    const Schedule at = schedule("steps:at=" + std::to_string(c / 100.0));
    const auto update = static_cast<std::uint64_t>(c);
    CHECK(at(update - 1, 100) == 1);
    CHECK(at(update, 100) == 0.1);
  }
}

TEST_CASE("the moments of steps are needed, rise, and lie within the run", "[optimizers]") {
  CHECK_THROWS_WITH(schedule("steps"),
                    Catch::Contains("schedule.at: missing; required is a list of numbers in (0, 1)"));
  for (const char* bad : {"steps:at=0.75/0.5", "steps:at=0.5/0.5"})
    CHECK_THROWS_WITH(schedule(bad), Catch::Contains("is not allowed; allowed: numbers that rise"));
  for (const char* bad : {"steps:at=0", "steps:at=1", "steps:at=0.5/2", "steps:at=x", "steps:at=0.5,factor=0"})
    CHECK_THROWS_AS(schedule(bad), InputError);
}

TEST_CASE("restarts begin again at the peak after every period", "[optimizers]") {
  const Schedule share = schedule("cosine-restarts:period=0.25,floor=0.1");
  for (const std::uint64_t begin : {0, 25, 50, 75}) {
    CHECK(share(begin, 100) == 1);
    CHECK(share(begin + 24, 100) == Approx(0.1 + 0.9 * (1 + std::cos(std::acos(-1.0) * 24 / 25)) / 2));
  }
  for (int percent = 1; percent <= 100; ++percent) {
    const Schedule each = schedule("cosine-restarts:period=" + std::to_string(percent / 100.0));
    for (int cycle = 0; cycle * percent < 100; ++cycle)
      CHECK(each(static_cast<std::uint64_t>(cycle * percent), 100) == 1);
  }
}

TEST_CASE("with a growth every cycle is longer than the one before", "[optimizers]") {
  const Schedule share = schedule("cosine-restarts:period=0.1,growth=2");
  for (const std::uint64_t begin : {0, 10, 30, 70}) CHECK(share(begin, 100) == 1);
  CHECK(share(20, 100) == Approx(0.5));
  CHECK(share(50, 100) == Approx(0.5));
  const Schedule slow = schedule("cosine-restarts:period=0.1,growth=1.5");
  CHECK(slow(10, 100) == 1);
  CHECK(slow(25, 100) == 1);
  CHECK(slow(48, 100) == Approx((1 + std::cos(std::acos(-1.0) * 0.5 / 33.75)) / 2));  // the third began at 47.5
  CHECK(schedule("cosine-restarts:period=1e-6,growth=1.0000001")(99, 100) <= 1);
}

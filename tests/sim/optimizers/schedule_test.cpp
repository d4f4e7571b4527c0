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

// SPDX-License-Identifier: MIT
#include "plots/tables/noise_floor.hpp"

#include <catch2/catch.hpp>

using namespace steq;
using Json = nlohmann::ordered_json;

namespace {

Json comparison(const std::string& a, const std::string& b, const std::string& kind, const Json& agreement,
                const Json& error = 0.0) {
  return {{"a", a},
          {"b", b},
          {"kind", kind},
          {"metrics", {{"quantized_weight_agreement", agreement}, {"weight_alignment_error", error}}},
          {"first_divergence", nullptr}};
}

/// An equivalent pair and all four controls; the share of different levels of the pair is 0.25 in eighths.
Json comparisons() {
  return {comparison("q", "ste", "equivalent", 0.75, 0.5), comparison("q", "j", "jitter", 0.875, 0.625),
          comparison("q", "u", "one-ulp", 1.0, 0.5), comparison("q", "t", "identical", 1.0),
          comparison("q", "q", "other-seed", 0.5, Json())};
}

std::string verdict(const Json& comparisons) { return noise_floor(comparisons)[0].verdict(); }

}  // namespace

TEST_CASE("every divergence stands beside those of the controls of its first learner") {
  const std::vector<NoiseFloor> floors = noise_floor(comparisons());
  REQUIRE(floors.size() == 2);
  const NoiseFloor &levels = floors[0], &alignment = floors[1];
  CHECK(levels.a == "q");
  CHECK(levels.b == "ste");
  CHECK(levels.divergence == 0.25);
  CHECK(levels.identical == 0.0);
  CHECK(levels.one_ulp == 0.0);
  CHECK(levels.jitter == 0.125);
  CHECK(levels.other_seed == 0.5);
  CHECK(levels.ratio() == 2.0);
  CHECK(levels.verdict() == "above jitter: 2 times");
  CHECK(alignment.ratio() == 0.8);
  CHECK_FALSE(alignment.other_seed);
  CHECK(alignment.verdict() == "below the rounding floor");
}

TEST_CASE("controls of another learner do not count") {
  Json all = comparisons();
  all.push_back(comparison("other", "ste", "equivalent", 0.75));
  const NoiseFloor floor = noise_floor(all).at(2);
  CHECK(floor.a == "other");
  CHECK_FALSE(floor.jitter);
  CHECK_FALSE(floor.ratio());
  CHECK(floor.verdict() == "no jitter control");
}

TEST_CASE("the verdict says which control is not exceeded, and trusts nothing where the twin parted") {
  const Json pair = comparison("q", "ste", "equivalent", 0.75), still = comparison("q", "j", "jitter", 1.0);
  CHECK(verdict({pair, comparison("q", "j", "jitter", 0.75)}) == "below jitter");
  CHECK(verdict({pair, still}) == "above jitter, which is 0");
  CHECK(verdict({comparison("q", "ste", "equivalent", nullptr), still}) == "undefined");
  Json parted = comparison("q", "t", "identical", 1.0);
  parted["first_divergence"] = {{"step", 3}};
  CHECK(verdict({pair, still, parted}) == "none: the identical twin parted");
}

TEST_CASE("the table has a dash where there is no control") {
  const Table table = noise_floor_table(noise_floor(Json::array({comparison("q", "ste", "equivalent", 0.75)})));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0] == Row{"q / ste", kDifferentLevels, "0.25", "-", "-", "-", "-", "-", "no jitter control"});
}

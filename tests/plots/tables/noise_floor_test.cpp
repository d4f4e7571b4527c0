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

/// An equivalent pair and all five controls; the share of different levels of the pair is 0.25 in eighths.
Json comparisons() {
  return {comparison("q", "ste", "equivalent", 0.75, 0.5), comparison("q", "j", "jitter", 0.875, 0.75),
          comparison("q", "r", "rounding", 0.9375, 0.625), comparison("q", "u", "one-ulp", 1.0, 0.5),
          comparison("q", "t", "identical", 1.0),          comparison("q", "q", "other-seed", 0.5, Json())};
}

std::optional<double> value(const std::optional<MeasuredDivergence>& divergence) {
  return divergence ? std::optional(divergence->median()) : std::nullopt;
}

std::string verdict(const Json& comparisons) { return noise_floor(comparisons)[0].verdict(); }

}  // namespace

TEST_CASE("every divergence stands beside those of the controls of its first learner") {
  const std::vector<NoiseFloor> floors = noise_floor(comparisons());
  REQUIRE(floors.size() == 2);
  const NoiseFloor &levels = floors[0], &alignment = floors[1];
  CHECK(levels.a == "q");
  CHECK(levels.b == "ste");
  CHECK(value(levels.divergence) == 0.25);
  CHECK(value(levels.identical) == 0.0);
  CHECK(value(levels.rounding) == 0.0625);
  CHECK(value(levels.one_ulp) == 0.0);
  CHECK(value(levels.jitter) == 0.125);
  CHECK(value(levels.other_seed) == 0.5);
  CHECK(levels.times(levels.jitter) == 2.0);
  CHECK(levels.verdict() == "above jitter: 2.0 times");
  CHECK(alignment.times(alignment.rounding) == 0.8);
  CHECK_FALSE(alignment.other_seed);
  CHECK(alignment.verdict() == "below the rounding floor");
}

TEST_CASE("controls of another learner do not count") {
  Json all = comparisons();
  all.push_back(comparison("other", "ste", "equivalent", 0.75));
  const NoiseFloor floor = noise_floor(all).at(2);
  CHECK(floor.a == "other");
  CHECK_FALSE(floor.jitter);
  CHECK_FALSE(floor.times(floor.jitter));
  CHECK(floor.verdict() == "no jitter control");
}

TEST_CASE("the verdict says which control is not exceeded, and trusts nothing where the identical copy diverged") {
  const Json pair = comparison("q", "ste", "equivalent", 0.75), still = comparison("q", "j", "jitter", 1.0);
  CHECK(verdict({pair, comparison("q", "j", "jitter", 0.5)}) == "below jitter");
  CHECK(verdict({pair, comparison("q", "j", "jitter", 0.74)}) == "like jitter");
  CHECK(verdict({pair, comparison("q", "j", "jitter", 0.76)}) == "like jitter");
  CHECK(verdict({pair, comparison("q", "r", "rounding", 0.5)}) == "below the rounding floor");
  CHECK(verdict({pair, comparison("q", "r", "rounding", 0.76)}) == "at the rounding floor");
  CHECK(verdict({pair, still}) == "above jitter, which is 0");
  CHECK(verdict({comparison("q", "ste", "equivalent", nullptr), still}) == "undefined");
  Json diverged = comparison("q", "t", "identical", 1.0);
  diverged["first_divergence"] = {{"step", 3}};
  CHECK(verdict({pair, still, diverged}) == "none: the identical copy diverged");
}

TEST_CASE("a start one ulp off is no rounding floor: without the rounding control there is none, which is said") {
  const Json pair = comparison("q", "ste", "equivalent", 0.75), ulp = comparison("q", "u", "one-ulp", 0.5);
  CHECK(verdict({pair, ulp}) == "no jitter control");
  CHECK(verdict({pair, ulp, comparison("q", "j", "jitter", 0.5)}) == "below jitter");
  const Table without = noise_floor_table(noise_floor({pair, ulp}));
  REQUIRE(without.notes.size() == 1);
  CHECK_THAT(without.notes[0], Catch::StartsWith("There is no rounding control: "));
  CHECK(noise_floor_table(noise_floor({pair, comparison("q", "r", "rounding", 0.5)})).notes.empty());
  const Table mixed = noise_floor_table(
      noise_floor({pair, comparison("q", "r", "rounding", 0.5), comparison("other", "ste", "equivalent", 0.75)}));
  CHECK_THAT(mixed.notes.at(0), Catch::StartsWith("There is no rounding control of other: "));
}

TEST_CASE("counts of weights that are not told apart are alike") {
  Json pair = comparison("q", "ste", "equivalent", 1 - 249 / 264960.0);
  Json jitter = comparison("q", "j", "jitter", 1 - 210 / 264960.0);
  CHECK(verdict({pair, jitter}) == "above jitter: 1.2 times");  // shares of unknown numbers of weights
  for (Json* c : {&pair, &jitter}) (*c)["weights"] = 264960;
  CHECK(verdict({pair, jitter}) == "like jitter");
  jitter["metrics"]["quantized_weight_agreement"] = 1 - 20 / 264960.0;
  CHECK(verdict({pair, jitter}) == "above jitter: 10 times");  // 20 weights support one digit
}

TEST_CASE("over several seeds the verdict is that of the seeds") {
  Json pair = comparison("q", "ste", "equivalent", nullptr), jitter = comparison("q", "j", "jitter", nullptr);
  pair["by_seed"] = {{"quantized_weight_agreement", {0.9, 0.88, 0.91}}};
  jitter["by_seed"] = {{"quantized_weight_agreement", {0.95, 0.945, 0.953}}};
  CHECK(verdict({pair, jitter}) == "above jitter: 2.0 times");
  jitter["by_seed"] = {{"quantized_weight_agreement", {0.95, 0.8, 0.953}}};
  CHECK(verdict({pair, jitter}) == "like jitter");
}

TEST_CASE("the table has a column for each control that there is, and a dash where one learner has none") {
  const Json pair = comparison("q", "ste", "equivalent", 0.75);
  const Table alone = noise_floor_table(noise_floor(Json::array({pair})));
  REQUIRE(alone.rows.size() == 2);
  CHECK(alone.header == Row{"comparison", "measure", "divergence", "times jitter", "verdict"});
  CHECK(alone.rows[0] == Row{"q / ste", kDifferentLevels, "0.25", "-", "no jitter control"});
  Json all = comparisons();
  all.push_back(comparison("other", "ste", "equivalent", 0.75));
  const Table table = noise_floor_table(noise_floor(all));
  CHECK(table.header == Row{"comparison", "measure", "divergence", "identical", "other rounding", "start one ulp off",
                            "1 % jitter", "other seed", "times jitter", "verdict"});
  CHECK(table.rows[0] ==
        Row{"q / ste", kDifferentLevels, "0.25", "0", "0.0625", "0", "0.125", "0.5", "2.0", "above jitter: 2.0 times"});
  CHECK(table.rows[2] ==
        Row{"other / ste", kDifferentLevels, "0.25", "-", "-", "-", "-", "-", "-", "no jitter control"});
}

// SPDX-License-Identifier: MIT
#include "sim/processes/change_points.hpp"

#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("a change-point log gives back what was appended, across chunks") {
  ChangePointLog log({1, 2, 3});
  const std::size_t changes = 2 * ChangePointLog::kChunk + 5;
  for (std::size_t i = 0; i < changes; ++i)
    log.append({static_cast<WeightIndex>(i % 3), static_cast<Step>(i + 1), static_cast<Level>(i % 7)});
  REQUIRE(log.size() == changes);
  const auto weights = log.weights();
  const auto steps = log.steps();
  const auto levels = log.levels();
  REQUIRE(weights.size() == changes);
  bool same = true;
  for (std::size_t i = 0; i < changes; ++i)
    same = same && log[i].weight == i % 3 && weights[i] == i % 3 && log[i].step == i + 1 && steps[i] == i + 1 &&
           log[i].level == static_cast<Level>(i % 7) && levels[i] == log[i].level;
  CHECK(same);
  CHECK(log.initial_levels() == std::vector<Level>{1, 2, 3});
}

TEST_CASE("a long log costs at most 12 bytes a change, an empty one nothing") {
  ChangePointLog log({0});
  CHECK(log.memory() == 0);
  for (std::size_t i = 0; i < 100'000; ++i) log.append({0, static_cast<Step>(i + 1), static_cast<Level>(i % 2)});
  CHECK(static_cast<double>(log.memory()) / static_cast<double>(log.size()) <= 12);
}

TEST_CASE("an archived log whose columns differ in length is refused") {
  Archive writer;
  std::vector<Level> initial{0}, level{1};
  std::vector<WeightIndex> weight{0, 0};
  std::vector<Step> step{1, 2};
  writer(initial, weight, step, level);
  Archive reader(writer.bytes());
  ChangePointLog log;
  CHECK_THROWS_AS(reader(log), InputError);
}

// SPDX-License-Identifier: MIT
#include "sim/processes/change_tracker.hpp"

#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("a change knows its jump, its direction against the last one, and the time before it", "[processes]") {
  ChangePointLog log({0, 3});
  for (const ChangePoint& point : {ChangePoint{0, 2, 2}, {1, 4, 2}, {0, 5, 3}, {1, 6, 2}, {0, 9, 1}, {1, 9, 0}})
    log.append(point);
  std::vector<std::vector<int>> seen;
  const ChangeTracker end = for_each_change(log, [&](const ChangePoint& point, const LevelChange& c) {
    seen.push_back({static_cast<int>(point.weight), c.jump, c.first, c.reversal, static_cast<int>(c.dwell)});
  });
  CHECK(seen == std::vector<std::vector<int>>{
                    {0, 2, 1, 0, 2}, {1, -1, 1, 0, 4}, {0, 1, 0, 0, 3}, {0, -2, 0, 1, 4}, {1, -2, 0, 0, 5}});
  CHECK(end.since(0) == 9);
  CHECK(end.changed(1));
}

TEST_CASE("a direction is remembered over any rest", "[processes]") {
  ChangePointLog log({1});
  log.append({0, 1, 2});
  log.append({0, 100000, 1});
  int reversals = 0;
  for_each_change(log, [&](const ChangePoint&, const LevelChange& change) { reversals += change.reversal; });
  CHECK(reversals == 1);
}

// SPDX-License-Identifier: MIT
#include "sim/core/parallel.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

using namespace steq;

TEST_CASE("every piece runs exactly once, on a thread of the team", "[parallel]") {
  for (const int threads : {1, 2, 3, 8}) {
    std::vector<int> runs(100, 0);
    std::atomic<bool> in_team = true;
    parallel_for(runs.size(), threads, [&](std::size_t piece, int thread) {
      ++runs[piece];
      if (thread < 0 || thread >= threads) in_team = false;
    });
    CHECK(runs == std::vector<int>(100, 1));
    CHECK(in_team);
  }
  parallel_for(0, 2, [](std::size_t, int) { FAIL("there is no piece"); });
}

TEST_CASE("the first exception by piece arrives after all pieces have ended", "[parallel]") {
  for (const int threads : {1, 2, 3}) {
    std::atomic<int> ended = 0;
    const auto work = [&](std::size_t piece, int) {
      ++ended;
      if (piece == 17 || piece == 5 || piece == 49) throw std::runtime_error(std::to_string(piece));
    };
    CHECK_THROWS_WITH(parallel_for(50, threads, work), "5");
    CHECK(ended == 50);
  }
}

TEST_CASE("there is a core to run on", "[parallel]") { CHECK(available_threads() >= 1); }

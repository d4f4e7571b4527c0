// SPDX-License-Identifier: MIT
#include "experiments/terminal/progress_text.hpp"

#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("Durations read as people say them", "[progress]") {
  CHECK(duration_text(0.4) == "0 s");
  CHECK(duration_text(59.9) == "59 s");
  CHECK(duration_text(60) == "1 min");
  CHECK(duration_text(3599) == "59 min");
  CHECK(duration_text(3 * 3600 + 5 * 60) == "3 h 5 min");
  CHECK(duration_text((2 * 24 + 4) * 3600) == "2 d 4 h");
  CHECK_FALSE(duration_text(1e300).empty());
}

TEST_CASE("The rest takes as long as the steps before it did", "[progress]") {
  CHECK(seconds_left(0, 0, 10, 5) < 0);
  CHECK(seconds_left(0, 5, 10, 5) == 5);
  CHECK(seconds_left(8, 9, 10, 3) == 3);
  CHECK(seconds_left(0, 10, 10, 5) == 0);
}

TEST_CASE("Where there is little room the bar goes first, then the detail, then the title", "[progress]") {
  const ProgressFacts facts{.title = "title", .done = 5, .total = 10, .detail = "loss 1", .seconds_left = 60};
  CHECK(progress_bar(facts, 80) == "title [===============               ] 5/10 loss 1 1 min left");
  CHECK(progress_bar(facts, 45) == "title [======       ] 5/10 loss 1 1 min left");
  CHECK(progress_bar(facts, 38) == "title 5/10 loss 1 1 min left");
  CHECK(progress_bar(facts, 24) == "title 5/10 1 min left");
  CHECK(progress_bar(facts, 18) == "5/10 1 min left");
  CHECK(progress_bar(facts, 4) == "5/1");
  CHECK(progress_bar(facts, 0).empty());
  CHECK(progress_line({.title = "x", .done = 0, .total = 0, .detail = ""}) == "x: 0 of 0 (100 %)");
}

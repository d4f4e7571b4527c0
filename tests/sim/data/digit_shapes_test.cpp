// SPDX-License-Identifier: MIT
#include "sim/data/digit_shapes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace steq;

namespace {

constexpr int kSide = 60;

std::vector<bool> drawn(const std::vector<Stroke>& digit) {
  Canvas canvas(kSide, kSide);
  for (Stroke stroke : digit) {
    for (Point& point : stroke) point = {kSide * (0.5 + 0.9 * point.x), kSide * (0.5 + 0.9 * point.y)};
    canvas.draw(stroke, {.radius = 1.5, .blur = 0.5, .ink = 1});
  }
  std::vector<bool> ink;
  for (const double grey : canvas.ink()) ink.push_back(grey > 0.5);
  return ink;
}

/// Regions of connected pixels of one colour: `ink` 4-connected, so that paper does not leak through diagonals.
int regions(std::vector<bool> ink, bool colour) {
  int found = 0;
  for (int start = 0; start < kSide * kSide; ++start) {
    if (ink[static_cast<std::size_t>(start)] != colour) continue;
    ++found;
    std::vector<int> open{start};
    while (!open.empty()) {
      const int at = open.back(), row = at / kSide, column = at % kSide;
      open.pop_back();
      if (ink[static_cast<std::size_t>(at)] != colour) continue;
      ink[static_cast<std::size_t>(at)] = !colour;
      if (row > 0) open.push_back(at - kSide);
      if (row + 1 < kSide) open.push_back(at + kSide);
      if (column > 0) open.push_back(at - 1);
      if (column + 1 < kSide) open.push_back(at + 1);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("each digit is one piece and has the holes that it is known by") {
  REQUIRE(digit_shapes().size() == 10);
  const std::vector<int> holes{1, 0, 0, 0, 1, 0, 1, 0, 2, 1};
  for (std::size_t digit = 0; digit < 10; ++digit) {
    INFO(digit);
    const auto ink = drawn(digit_shapes()[digit]);
    CHECK(regions(ink, true) == 1);
    CHECK(regions(ink, false) == 1 + holes[digit]);
  }
}

TEST_CASE("the digits fill their box and stay in it") {
  for (const auto& digit : digit_shapes()) {
    double top = 1, bottom = -1;
    for (const Stroke& stroke : digit)
      for (const Point& point : stroke) {
        CHECK(std::abs(point.x) < 0.45);
        CHECK(std::abs(point.y) < 0.5);
        top = std::min(top, point.y);
        bottom = std::max(bottom, point.y);
      }
    CHECK(bottom - top > 0.8);
  }
}

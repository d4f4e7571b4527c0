// SPDX-License-Identifier: MIT
#include "sim/data/strokes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace steq;

TEST_CASE("a smoothed corner passes where the quadratic Bezier curve does, and keeps its ends") {
  const Point a{0, 0}, b{1, 3}, c{4, 1};
  const Stroke curve = smoothed({a, b, c});
  CHECK(curve.front().x == a.x);
  CHECK(curve.back().y == c.y);
  REQUIRE(curve.size() % 2 == 0);
  const Point left = curve[curve.size() / 2 - 1], right = curve[curve.size() / 2];
  CHECK((left.x + right.x) / 2 == Approx((a.x + 2 * b.x + c.x) / 4));
  CHECK((left.y + right.y) / 2 == Approx((a.y + 2 * b.y + c.y) / 4));
}

TEST_CASE("a straight stroke stays straight") {
  for (const Point& point : smoothed({{0, 0}, {1, 2}, {3, 6}, {4, 8}})) CHECK(point.y == Approx(2 * point.x));
  CHECK(smoothed({{0, 0}, {1, 2}}).size() == 2);
}

TEST_CASE("ink falls from the pen's radius on, over the width of the blur") {
  Canvas canvas(20, 30);
  const Pen pen{.radius = 2, .blur = 3, .ink = 0.8};
  canvas.draw({{5, 8}, {15, 8}, {25, 8}}, pen);
  for (int row = 0; row < 20; ++row)
    for (int column = 0; column < 30; ++column) {
      const double x = column + 0.5, y = row + 0.5;
      const double distance = std::hypot(y - 8, std::max({5 - x, 0.0, x - 25}));
      const double cover = distance <= 0.5 ? 1 : distance >= 3.5 ? 0 : (3.5 - distance) / 3;
      INFO(row << " " << column);
      CHECK(canvas.ink()[static_cast<std::size_t>(row * 30 + column)] == Approx(0.8 * cover).margin(1e-12));
    }
}

TEST_CASE("strokes that leave the canvas or are a single point are no trouble") {
  Canvas canvas(4, 4);
  canvas.draw({{-50, -60}, {-20, -30}}, {});
  canvas.draw({{90, 2}, {70, 1e6}}, {});
  CHECK(*std::max_element(canvas.ink().begin(), canvas.ink().end()) == 0);
  canvas.draw({{2.5, 1.5}, {2.5, 1.5}}, {.radius = 0.4, .blur = 0.2, .ink = 1});
  CHECK(canvas.ink()[1 * 4 + 2] == 1);
  CHECK(std::count(canvas.ink().begin(), canvas.ink().end(), 0.0) == 15);
}

TEST_CASE("where strokes cross, the darker counts") {
  Canvas canvas(5, 5);
  canvas.draw({{0, 2.5}, {5, 2.5}}, {.radius = 0.5, .blur = 0.1, .ink = 0.9});
  canvas.draw({{2.5, 0}, {2.5, 5}}, {.radius = 0.5, .blur = 0.1, .ink = 0.3});
  CHECK(canvas.ink()[2 * 5 + 2] == 0.9);
  CHECK(canvas.ink()[0 * 5 + 2] == 0.3);
}

// SPDX-License-Identifier: MIT
#include "sim/data/strokes.hpp"

#include <algorithm>
#include <cmath>

namespace steq {
namespace {

Point between(Point a, Point b, double share) { return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)}; }

Stroke corners_cut(const Stroke& line) {
  if (line.size() < 3) return line;
  Stroke cut{line.front()};
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    cut.push_back(between(line[i], line[i - 1], i == 1 ? 0.5 : 0.25));
    cut.push_back(between(line[i], line[i + 1], i + 2 == line.size() ? 0.5 : 0.25));
  }
  cut.push_back(line.back());
  return cut;
}

double squared_distance(Point p, Point from, Point to) {
  const double dx = to.x - from.x, dy = to.y - from.y, length = dx * dx + dy * dy;
  const double along = length > 0 ? ((p.x - from.x) * dx + (p.y - from.y) * dy) / length : 0;
  const Point foot = between(from, to, std::clamp(along, 0.0, 1.0));
  return (p.x - foot.x) * (p.x - foot.x) + (p.y - foot.y) * (p.y - foot.y);
}

}  // namespace

Stroke smoothed(const Stroke& corners) { return corners_cut(corners_cut(corners)); }

Canvas::Canvas(int height, int width)
    : height_(height), width_(width), ink_(static_cast<std::size_t>(height) * static_cast<std::size_t>(width)) {}

void Canvas::draw(const Stroke& line, const Pen& pen) {
  for (std::size_t i = 1; i < line.size(); ++i) draw(line[i - 1], line[i], pen);
}

void Canvas::draw(Point from, Point to, const Pen& pen) {
  const double reach = pen.radius + pen.blur / 2;
  const auto first = [&](double a, double b, int size) {
    return static_cast<int>(std::clamp(std::min(a, b) - reach, 0.0, 1.0 * size));
  };
  const auto last = [&](double a, double b, int size) {
    return static_cast<int>(std::clamp(std::max(a, b) + reach + 1, 0.0, 1.0 * size));
  };
  for (int row = first(from.y, to.y, height_); row < last(from.y, to.y, height_); ++row)
    for (int column = first(from.x, to.x, width_); column < last(from.x, to.x, width_); ++column) {
      const double distance = std::sqrt(squared_distance({column + 0.5, row + 0.5}, from, to));
      const double cover = std::clamp(0.5 + (pen.radius - distance) / pen.blur, 0.0, 1.0);
      double& ink =
          ink_[static_cast<std::size_t>(row) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(column)];
      ink = std::max(ink, pen.ink * cover);
    }
}

}  // namespace steq

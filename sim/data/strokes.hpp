// SPDX-License-Identifier: MIT
// Pen strokes on a grey canvas. Only + - * / and sqrt are used, whose results IEEE 754 fixes, so that the same strokes
// give the same pixels on every machine.
#pragma once

#include <span>
#include <vector>

namespace steq {

/// x to the right, y down.
struct Point {
  double x = 0;
  double y = 0;
};

using Stroke = std::vector<Point>;

/// The smooth curve that a polyline controls: it keeps the two ends and cuts every corner twice (Chaikin).
Stroke smoothed(const Stroke& corners);

struct Pen {
  double radius = 1;  ///< half the thickness, in pixels
  double blur = 1;    ///< width of the soft edge, in pixels, > 0
  double ink = 1;     ///< greyness at the centre, 0 to 1
};

class Canvas {
 public:
  Canvas(int height, int width);

  /// Draws a polyline given in pixels; pixel (row, column) has its centre at (column + 0.5, row + 0.5). Where strokes
  /// cross, the darker one counts.
  void draw(const Stroke& line, const Pen& pen);

  /// [height, width], 0 to 1
  std::span<const double> ink() const { return ink_; }

 private:
  void draw(Point from, Point to, const Pen& pen);

  int height_;
  int width_;
  std::vector<double> ink_;
};

}  // namespace steq

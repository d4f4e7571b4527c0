// SPDX-License-Identifier: MIT
// Digits drawn from the seed alone: image i of a split is a pure function of (seed, split, i).
#include <algorithm>
#include <cmath>

#include "sim/core/random.hpp"
#include "sim/data/dataset.hpp"
#include "sim/data/digit_shapes.hpp"

namespace steq::datasets {
namespace {

constexpr int kSide = 28;
constexpr std::size_t kClasses = 10;

double between(RandomStream& stream, double low, double high) { return low + (high - low) * stream.uniform(); }

/// A random way to place a digit of the unit box on the canvas: bend, shear, rotate, scale, translate.
class Placement {
 public:
  explicit Placement(RandomStream& stream) {
    bend_x_ = between(stream, -0.25, 0.25);
    bend_y_ = between(stream, -0.25, 0.25);
    shear_ = between(stream, -0.3, 0.3);
    // With t the tangent of half the angle no sine is needed, which mathematical libraries round differently.
    const double t = between(stream, -0.2, 0.2);
    cosine_ = (1 - t * t) / (1 + t * t);
    sine_ = 2 * t / (1 + t * t);
    width_ = between(stream, 14, 22);
    height_ = between(stream, 16, 24);
    x_ = kSide / 2.0 + between(stream, -4, 4);
    y_ = kSide / 2.0 + between(stream, -3, 3);
  }

  Stroke operator()(const Stroke& stroke) const {
    Stroke placed;
    for (const Point& point : stroke) placed.push_back(at(point));
    return placed;
  }

 private:
  Point at(Point point) const {
    const double u = width_ * (point.x + shear_ * point.y + bend_x_ * point.y * point.y);
    const double v = height_ * (point.y + bend_y_ * point.x * point.x);
    return {x_ + cosine_ * u - sine_ * v, y_ + sine_ * u + cosine_ * v};
  }

  double bend_x_, bend_y_, shear_, cosine_, sine_, width_, height_, x_, y_;
};

/// Short strokes that mean nothing.
void draw_clutter(RandomStream& stream, Canvas& canvas) {
  for (int i = 0; i < 3; ++i) {
    const Point from{between(stream, 0, kSide), between(stream, 0, kSide)};
    const Point to{from.x + between(stream, -7, 7), from.y + between(stream, -7, 7)};
    canvas.draw({from, to}, {.radius = between(stream, 0.4, 0.9), .blur = 1, .ink = between(stream, 0.3, 0.7)});
  }
}

void draw(std::uint8_t digit, RandomStream& stream, std::span<std::uint8_t> pixels) {
  Canvas canvas(kSide, kSide);
  const Placement place(stream);
  const Pen pen{.radius = between(stream, 0.7, 1.7), .blur = between(stream, 0.8, 2), .ink = between(stream, 0.7, 1)};
  for (const Stroke& stroke : digit_shapes()[digit]) canvas.draw(place(stroke), pen);
  draw_clutter(stream, canvas);
  const double noise = between(stream, 0.02, 0.15);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const double grey = canvas.ink()[i] + noise * (stream() * 0x1p-31 - 1);
    pixels[i] = static_cast<std::uint8_t>(std::lround(255 * std::clamp(grey, 0.0, 1.0)));
  }
}

Dataset drawn(std::int64_t size, std::uint64_t seed, std::uint32_t split) {
  Dataset data{
      .image = {1, kSide, kSide}, .pixels = {}, .labels = std::vector<std::uint8_t>(static_cast<std::size_t>(size))};
  data.pixels.resize(data.size() * data.image.size());
  for (std::size_t i = 0; i < data.size(); ++i) {
    data.labels[i] = static_cast<std::uint8_t>(i % kClasses);
    RandomStream stream(seed, Purpose::synthetic_data, split, static_cast<std::uint32_t>(i));
    draw(data.labels[i], stream, std::span(data.pixels).subspan(i * data.image.size(), data.image.size()));
  }
  return data;
}

ParameterInfo size_parameter(const std::string& split, std::int64_t fallback) {
  return {.name = split + "_size",
          .kind = Kind::integer,
          .fallback = Value(fallback),
          .meaning = "number of " + split + " images drawn",
          .min = 1,
          .max = 1e6,
          .words = {}};
}

std::vector<ParameterInfo> digits_parameters() {
  std::vector<ParameterInfo> declared = limit_parameters();
  declared.insert(declared.begin(), {size_parameter("train", 6000), size_parameter("test", 1000)});
  return declared;
}

}  // namespace

DatasetRegistry::Entry synthetic_digits() {
  return {
      {.name = "synthetic-digits",
       .summary = "Digits drawn with random strokes, distortions, clutter and noise: 1 x 28 x 28, 10 classes in turn; "
                  "needs no files.",
       .formula = "",
       .citation = "",
       .parameters = digits_parameters()},
      [](const Parameters& p, std::uint64_t seed) {
        DataSplits splits{.train = drawn(p.integer("train_size"), seed, 0),
                          .test = drawn(p.integer("test_size"), seed, 1),
                          .classes = kClasses,
                          .files = {}};
        apply_limits(splits, p);
        return splits;
      }};
}

}  // namespace steq::datasets

// SPDX-License-Identifier: MIT
// Two planes in four dimensions, on each of them points of a polar grid: the data of the coarse-gradient theorem.
#include <cmath>
#include <numbers>

#include "sim/data/dataset.hpp"

namespace steq::datasets {
namespace {

constexpr double kNearest = 1, kFarthest = 2;  // radii

/// radius (cos phi v1 + sin phi v2), class after class, radius after radius.
Dataset on_planes(double degrees, std::size_t radii, std::size_t angles) {
  const double theta = degrees * std::numbers::pi / 180;
  const double planes[2][2][4] = {{{1, 0, 0, 0}, {0, std::sin(theta), std::cos(theta), 0}},
                                  {{0, 0, 1, 0}, {0, 0, 0, 1}}};
  Dataset data{.image = {1, 1, 4}, .pixels = {}, .labels = {}};
  for (std::uint8_t label = 0; label < 2; ++label)
    for (std::size_t r = 0; r < radii; ++r)
      for (std::size_t a = 0; a < angles; ++a) {
        const double share = radii > 1 ? static_cast<double>(r) / static_cast<double>(radii - 1) : 0;
        const double radius = kNearest + (kFarthest - kNearest) * share;
        const double phi = 2 * std::numbers::pi * static_cast<double>(a) / static_cast<double>(angles);
        data.labels.push_back(label);
        for (std::size_t i = 0; i < 4; ++i)
          data.reals.push_back(radius * (std::cos(phi) * planes[label][0][i] + std::sin(phi) * planes[label][1][i]));
      }
  return data;
}

ParameterInfo count_parameter(const std::string& name, std::int64_t fallback, const std::string& meaning) {
  return {.name = name, .kind = Kind::integer, .fallback = Value(fallback), .meaning = meaning, .min = 1, .max = 1000};
}

std::vector<ParameterInfo> planes_parameters() {
  std::vector<ParameterInfo> declared = limit_parameters();
  declared.insert(declared.begin(), {{.name = "theta",
                                      .fallback = Value(90.0),
                                      .meaning = "angle between the planes, in degrees; at 90 they are orthogonal",
                                      .min = 0,
                                      .max = 90,
                                      .min_excluded = true},
                                     count_parameter("radii", 11, "radii of the points, equidistant in [1, 2]"),
                                     count_parameter("angles", 40, "angles of the points, equidistant on the circle")});
  return declared;
}

}  // namespace

DatasetRegistry::Entry planes() {
  return {{.name = "planes",
           .summary = "Points of a polar grid on two planes in four dimensions, a class each; the test set is the "
                      "training set.",
           .formula = "x = r (cos phi e1 + sin phi (sin theta e2 + cos theta e3)) of class 0, r (cos phi e3 + sin phi "
                      "e4) of class 1",
           .citation = "Long, Yin, Xin, arXiv:2011.11256",
           .parameters = planes_parameters()},
          [](const Parameters& p, std::uint64_t) {
            const auto count = [&](const char* name) { return static_cast<std::size_t>(p.integer(name)); };
            DataSplits splits{.train = on_planes(p.number("theta"), count("radii"), count("angles")),
                              .test = {},
                              .classes = 2,
                              .files = {}};
            splits.test = splits.train;
            apply_limits(splits, p);
            return splits;
          }};
}

}  // namespace steq::datasets

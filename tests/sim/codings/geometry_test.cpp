// SPDX-License-Identifier: MIT
#include "sim/codings/geometry.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "sim/training/unit_correlation.hpp"

using namespace steq;

TEST_CASE("angle, error and zeros of the survey's binary weights", "[geometry]") {
  const std::vector<double> w{0.9, -0.6, 0.1, -0.3, 0.5, -0.05, 0.7, -0.8};
  std::vector<double> q;
  for (const double x : w) q.push_back(std::copysign(0.49375, x));
  const Geometry g = geometry_of(std::span<const double>(w), std::span<const double>(q), 3);
  CHECK(g.angle_degrees == Approx(30.965107).margin(5e-7));
  // of the scale that least squares gives, the error is the squared sine of the angle
  const double sine = std::sin(g.angle_degrees * std::numbers::pi / 180);
  CHECK(g.relative_squared_error == Approx(sine * sine).epsilon(1e-12));
  CHECK(g.zero_share == 0);
  const std::vector<double> zeros(8), half{0.9, -0.6, 0.1, -0.3, 0, 0, 0, 0};
  CHECK(geometry_of(std::span<const double>(w), std::span<const double>(zeros)).angle_degrees == 90);
  CHECK(geometry_of(std::span<const double>(zeros), std::span<const double>(zeros)).relative_squared_error == 0);
  const Geometry mean = mean_geometry(std::span<const double>(w), std::span<const double>(half), 2);
  CHECK(mean.angle_degrees == Approx(45));  // 0 and 90
  CHECK(mean.zero_share == 0.5);
  CHECK(mean.relative_squared_error == Approx(0.5));
}

TEST_CASE("angles are right at every size of the weights, and small ones to the last digits", "[geometry]") {
  const std::vector<double> w{1, 0.5, -0.25};
  for (const double size : {1.0, 1e-170, 1e160, 1e300, 1e-310}) {
    INFO(size);
    std::vector<double> large, near;
    for (const double x : w) large.push_back(x * size), near.push_back(x * size);
    near[1] *= 1.5;
    const Geometry g = geometry_of(std::span<const double>(large), std::span<const double>(near));
    CHECK(g.relative_squared_error == Approx(0.0625 / 1.3125).epsilon(1e-6));
    CHECK(g.angle_degrees ==
          Approx(std::acos(1.4375 / std::sqrt(1.3125 * 1.625)) * 180 / std::numbers::pi).epsilon(1e-6));
  }
  const std::vector<double> x{1, 0}, y{1, 1e-9};
  CHECK(geometry_of(std::span<const double>(x), std::span<const double>(y)).angle_degrees ==
        Approx(1e-9 * 180 / std::numbers::pi).epsilon(1e-12));
}

TEST_CASE("the expected cosine of the angle to one's own signs", "[geometry]") {
  CHECK(expected_sign_cosine(3) == Approx(0.866025).margin(5e-7));
  CHECK(expected_sign_cosine(10) == Approx(0.818049).margin(5e-7));
  CHECK(expected_sign_cosine(100) == Approx(0.799882).margin(5e-7));
  CHECK(expected_sign_cosine(1000) == Approx(0.798084).margin(5e-7));
  CHECK(expected_sign_cosine(1e8) == Approx(std::sqrt(2 / std::numbers::pi)).epsilon(1e-7));
}

TEST_CASE("outputs are correlated unit by unit", "[geometry]") {
  UnitCorrelation correlation(2);
  CHECK_FALSE(correlation.mean());
  const std::vector<float> a{1, 5, 2, 5, 4, 5}, b{3, 1, 2, 2, 1, 3};  // the second unit of a does not vary
  correlation.add(std::span<const float>(a).first(4), std::span<const float>(b).first(4));
  correlation.add(std::span<const float>(a).subspan(4), std::span<const float>(b).subspan(4));
  CHECK(*correlation.mean() == Approx(-3 / std::sqrt(28.0 / 3)).epsilon(1e-14));
}

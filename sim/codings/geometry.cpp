// SPDX-License-Identifier: MIT
#include "sim/codings/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/core/sums.hpp"
#include "sim/core/types.hpp"

namespace steq {
namespace {

/// What is summed over the weights, each times `unit`, a power of two that keeps squares in range.
struct Sums {
  double ww = 0, qq = 0, error = 0, zeros = 0;
  double apart = 0, together = 0;  ///< squares of w/|w| - q/|q| and of their sum
};

struct Units {
  double both = 1;      ///< of w and q
  double w = 0, q = 0;  ///< 1/|w| and 1/|q| in that unit; 0 where they are not known yet
};

template <class T>
Sums sums_of(std::span<const T> w, std::span<const T> q, const Units& units) {
  Sums sum;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const double a = static_cast<double>(w[i]) * units.both, b = static_cast<double>(q[i]) * units.both;
    sum.ww += a * a, sum.qq += b * b, sum.error += (a - b) * (a - b), sum.zeros += b == 0;
    const double x = a * units.w, y = b * units.q;
    sum.apart += (x - y) * (x - y), sum.together += (x + y) * (x + y);
  }
  return sum;
}

/// By pieces whose number never depends on the number of threads.
template <class T>
Sums all_sums(std::span<const T> w, std::span<const T> q, const Units& units, int threads) {
  constexpr std::size_t kPiece = 16 * kBlock;
  std::vector<Sums> pieces((w.size() + kPiece - 1) / kPiece);
  parallel_for(pieces.size(), threads, [&](std::size_t i, int) {
    const std::size_t first = i * kPiece, size = std::min(kPiece, w.size() - first);
    pieces[i] = sums_of(w.subspan(first, size), q.subspan(first, size), units);
  });
  const auto sum = [&](double Sums::*part) {
    return pairwise_sum(0, pieces.size(), [&](std::size_t i) { return pieces[i].*part; });
  };
  return {sum(&Sums::ww),    sum(&Sums::qq),    sum(&Sums::error),
          sum(&Sums::zeros), sum(&Sums::apart), sum(&Sums::together)};
}

/// The power of two that brings the largest weight between 1 and 2.
template <class T>
double unit_of(std::span<const T> w) {
  double largest = 0;
  for (const T x : w) largest = std::max(largest, std::abs(static_cast<double>(x)));
  return largest > 0 ? std::ldexp(1.0, std::min(-std::ilogb(largest), 1000)) : 1;
}

/// Also of small angles, whose cosine is 1 but for rounding: Kahan, How futile are mindless assessments of roundoff, 2006.
double degrees(const Sums& p) {
  if (p.ww == 0 && p.qq == 0) return 0;
  if (p.ww == 0 || p.qq == 0) return 90;
  return 2 * std::atan2(std::sqrt(p.apart), std::sqrt(p.together)) * 180 / std::numbers::pi;
}

}  // namespace

double expected_sign_cosine(double d) {
  return std::sqrt(d / std::numbers::pi) * std::exp(std::lgamma(d / 2) - std::lgamma((d + 1) / 2));
}

template <class T>
Geometry geometry_of(std::span<const T> w, std::span<const T> quantized, int threads) {
  Units units{.both = unit_of(w)};
  const Sums lengths = all_sums(w, quantized, units, threads);
  if (lengths.ww > 0) units.w = 1 / std::sqrt(lengths.ww);
  if (lengths.qq > 0) units.q = 1 / std::sqrt(lengths.qq);
  return {.angle_degrees = degrees(all_sums(w, quantized, units, threads)),
          .relative_squared_error = lengths.error == 0 ? 0 : lengths.error / lengths.ww,
          .zero_share = lengths.zeros / static_cast<double>(w.size())};
}

template <class T>
Geometry mean_geometry(std::span<const T> w, std::span<const T> quantized, std::size_t rows) {
  const std::size_t columns = w.size() / rows;
  std::vector<Geometry> units;
  for (std::size_t row = 0; row < rows; ++row)
    units.push_back(geometry_of(w.subspan(row * columns, columns), quantized.subspan(row * columns, columns)));
  const auto mean = [&](double Geometry::*part) {
    return pairwise_sum(0, rows, [&](std::size_t i) { return units[i].*part; }) / static_cast<double>(rows);
  };
  return {mean(&Geometry::angle_degrees), mean(&Geometry::relative_squared_error), mean(&Geometry::zero_share)};
}

template Geometry geometry_of(std::span<const float>, std::span<const float>, int);
template Geometry geometry_of(std::span<const double>, std::span<const double>, int);
template Geometry mean_geometry(std::span<const float>, std::span<const float>, std::size_t);
template Geometry mean_geometry(std::span<const double>, std::span<const double>, std::size_t);

}  // namespace steq

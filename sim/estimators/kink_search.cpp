// SPDX-License-Identifier: MIT
#include "sim/estimators/kink_search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace steq {
namespace {

constexpr double kOutOfLine = 6;        ///< times as far from a straight line as the neighbours
constexpr double kRounding = 1e-11;     ///< relative size of deviations that may be rounding
constexpr std::size_t kMostKinks = 64;  ///< beyond that the samples are too coarse to tell

using Samples = std::vector<double>;

double size_of(const Samples& y) {
  double size = 0;
  for (const double value : y) size = std::max(size, std::abs(value));
  return size;
}

/// y[i + 1] - y[i], the nearest one there is.
double rise_of(const Samples& y, std::ptrdiff_t i) {
  const std::ptrdiff_t last = static_cast<std::ptrdiff_t>(y.size()) - 2;
  const auto j = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, last));
  return y[j + 1] - y[j];
}

/// The jump between a and b where f rises by `slope` elsewhere, if more than `least` of a jump is left at the end.
std::optional<double> locate_jump(const Curve& f, double a, double b, double slope, double least) {
  double at_a = f(a), at_b = f(b);
  for (int halvings = 0; halvings < 64; ++halvings) {
    const double m = std::midpoint(a, b), at_m = f(m);
    if (m == a || m == b) break;
    const bool left = std::abs(at_m - at_a - slope * (m - a)) >= std::abs(at_b - at_m - slope * (b - m));
    (left ? b : a) = m;
    (left ? at_b : at_a) = at_m;
  }
  return std::abs(at_b - at_a) > least ? std::optional(b) : std::nullopt;
}

std::vector<double> find_jumps(const Curve& f, const Samples& x, const Samples& y, double rounding) {
  std::vector<double> jumps;
  const double step = x[1] - x[0];
  for (std::size_t i = 0; i + 1 < x.size() && jumps.size() < kMostKinks; ++i) {
    const auto j = static_cast<std::ptrdiff_t>(i);
    const auto rise = [&](std::ptrdiff_t k) { return rise_of(y, j + k); };
    const double before = i > 0 ? rise(-1) : rise(1), after = i + 2 < x.size() ? rise(1) : rise(-1);
    const double expected = std::midpoint(before, after), excess = std::abs(rise(0) - expected);
    const double usual = std::max(std::abs(before - rise(-2)), std::abs(after - rise(2)));
    if (excess <= kOutOfLine * usual + rounding) continue;
    if (const auto jump = locate_jump(f, x[i], x[i + 1], expected / step, 0.05 * excess)) jumps.push_back(*jump);
  }
  return jumps;
}

/// How far f is from a straight line over [low, high].
double sag(const Curve& f, double low, double high) {
  return std::abs(f(low) - 2 * f(std::midpoint(low, high)) + f(high));
}

/// The bend in the middle half of [low, high], if the sag shrinks with the width and not with its square.
std::optional<double> locate_bend(const Curve& f, double low, double high) {
  constexpr double kWidth = 2e-8;
  const double first = sag(f, low, high) / (high - low);
  double last = first;
  while (high - low > kWidth) {
    const double quarter = (high - low) / 4;
    double best = -1, from = low;
    for (const double start : {low, low + quarter, low + 2 * quarter})
      if (const double s = sag(f, start, start + 2 * quarter); s > best) best = s, from = start;
    low = from;
    high = from + 2 * quarter;
    last = best / (high - low);
  }
  return last > 0.2 * first ? std::optional(std::midpoint(low, high)) : std::nullopt;
}

std::vector<double> find_bends(const Curve& f, const Samples& x, const Samples& y, const std::vector<double>& jumps,
                               double rounding) {
  std::vector<double> bends;
  const double step = x[1] - x[0];
  const auto deviation = [&](std::ptrdiff_t i) { return std::abs(rise_of(y, i) - rise_of(y, i - 1)); };
  for (std::size_t i = 1; i + 1 < x.size() && bends.size() < kMostKinks; ++i) {
    const auto j = static_cast<std::ptrdiff_t>(i);
    const double here = deviation(j);
    if (here < deviation(j - 1) || here <= deviation(j + 1)) continue;
    if (here <= kOutOfLine * std::max(deviation(j - 3), deviation(j + 3)) + rounding) continue;
    if (std::any_of(jumps.begin(), jumps.end(), [&](double jump) { return std::abs(jump - x[i]) < 4 * step; }))
      continue;
    if (const auto bend = locate_bend(f, x[i - 1], x[i + 1])) bends.push_back(*bend);
  }
  return bends;
}

}  // namespace

Kinks find_kinks(const Curve& f, const std::vector<double>& x, const std::vector<double>& y) {
  const double rounding = kRounding * size_of(y);
  Kinks kinks;
  kinks.jumps = find_jumps(f, x, y, rounding);
  kinks.bends = find_bends(f, x, y, kinks.jumps, rounding);
  return kinks;
}

}  // namespace steq

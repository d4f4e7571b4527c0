// SPDX-License-Identifier: MIT
#include "sim/estimators/sampled_curve.hpp"

#include <cmath>

#include "sim/core/types.hpp"
#include "sim/estimators/maximum.hpp"

namespace steq {
namespace {

/// The maximum of f, looked for around the best of the samples, which need not be equidistant.
double peak(const Curve& f, const std::vector<double>& x, const std::vector<double>& y) {
  const auto best = static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin());
  const double low = x[best > 0 ? best - 1 : 0], high = x[std::min(best + 1, x.size() - 1)];
  return std::max(y[best], maximum(f, low, high));
}

/// The same, of an f with jumps: on both sides of each too.
double upper_bound(const Curve& f, const std::vector<double>& x, const std::vector<double>& y,
                   const std::vector<double>& jumps) {
  double highest = peak(f, x, y);
  for (const double jump : jumps) highest = std::max({highest, f(jump), f(std::nextafter(jump, -1))});
  return highest;
}

/// |f'| at x within [low, high], from values there alone.
double steepness(const Curve& f, double x, double low, double high) {
  const double h = std::min(1e-5, (high - low) / 4);
  if (x - h < low) return std::abs(-3 * f(x) + 4 * f(x + h) - f(x + 2 * h)) / (2 * h);
  if (x + h > high) return std::abs(3 * f(x) - 4 * f(x - h) + f(x - 2 * h)) / (2 * h);
  return std::abs(f(x + h) - f(x - h)) / (2 * h);
}

/// The largest |f'| on (low, high), where f is smooth.
double steepest(const Curve& f, double low, double high, double step) {
  constexpr double kMargin = 1e-7;  // bends are known to a tenth of that
  const double from = low + kMargin, to = high - kMargin;
  if (!(to > from)) return 0;
  std::vector<double> x{from}, slope;
  for (auto k = static_cast<int>(std::floor(from / step)) + 1; k * step < to; ++k) x.push_back(k * step);
  x.push_back(to);
  const Curve at = [&](double t) { return steepness(f, t, from, to); };
  for (const double t : x) slope.push_back(at(t));
  return peak(at, x, slope);
}

/// Whether the slope still grows next to `place` where differences become tiny: a root, or the like. `limit`: the
/// steepest slope elsewhere.
bool grows_at(const Curve& f, double place, double limit, double step) {
  for (const double side : {-1.0, 1.0}) {
    const auto slope = [&](double h) { return std::abs(f(place + side * h) - f(place)) / h; };
    if (std::abs(place + side * step) > 0.5) continue;
    if (slope(0x1p-22) > 1.5 * std::max(slope(0x1p-12), limit)) return true;
  }
  return false;
}

double lipschitz_of(const Curve& f, const Kinks& kinks, const std::vector<double>& y, double step) {
  if (!kinks.jumps.empty()) return kInfinity;
  double coarse = 0;
  for (std::size_t i = 0; i + 1 < y.size(); ++i) coarse = std::max(coarse, std::abs(y[i + 1] - y[i]) / step);
  std::vector<double> ends{-0.5};
  ends.insert(ends.end(), kinks.bends.begin(), kinks.bends.end());
  ends.push_back(0.5);
  double constant = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (grows_at(f, ends[i], coarse, step)) return kInfinity;
    if (i > 0) constant = std::max(constant, steepest(f, ends[i - 1], ends[i], step));
  }
  return constant;
}

/// At places that no formula is likely to treat in a special way.
bool symmetric(const Curve& f, double size, int cells) {
  for (int i = 0; i < cells / 4; ++i)
    if (const double x = (i + 0.6180339887) / (cells / 2.0 + 1); !(std::abs(f(x) - f(-x)) <= 1e-13 * size))
      return false;
  return true;
}

bool vanishes(const std::vector<double>& y) {
  for (std::size_t i = 0; i + 1 < y.size(); ++i)
    if (y[i] == 0 && y[i + 1] == 0) return true;
  return false;
}

}  // namespace

SampledCurve sample(const Curve& f, int cells) {
  const double step = 1.0 / cells;
  std::vector<double> x, y;
  for (int i = 0; i <= cells; ++i) {
    x.push_back(i * step - 0.5);
    y.push_back(f(x.back()));
  }
  SampledCurve curve;
  curve.kinks = find_kinks(f, x, y);
  curve.upper = upper_bound(f, x, y, curve.kinks.jumps);
  const Curve negative = [&](double t) { return -f(t); };
  for (double& value : y) value = -value;
  curve.lower = -upper_bound(negative, x, y, curve.kinks.jumps);
  curve.lipschitz = lipschitz_of(f, curve.kinks, y, step);
  curve.symmetric = symmetric(f, curve.upper, cells);
  curve.vanishes = vanishes(y);
  return curve;
}

}  // namespace steq

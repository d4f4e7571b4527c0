// SPDX-License-Identifier: MIT
// Relaxed quantization, Louizos et al., arXiv:1810.01875: logistic noise makes of a weight a distribution over the levels,
// and a Gumbel-softmax draw makes of that a smooth value.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace steq {

inline constexpr std::size_t kMostRelaxedLevels = 16;

/// The levels step (i - (count - 1) / 2), i = 0 ... count - 1.
struct RelaxedGrid {
  std::size_t count = 2;  ///< at most kMostRelaxedLevels
  double step = 1;        ///< in weight units, > 0
  double spread = 1;      ///< scale of the logistic noise, in weight units, > 0

  /// Of level i, in units of step.
  double place(std::size_t i) const { return static_cast<double>(i) - static_cast<double>(count - 1) / 2; }
};

/// A threshold as a weight sees it: its distance x in units of the spread, with log(1 + e^x) and sig(x).
struct RelaxedThreshold {
  double x, softplus, sigmoid;
};

/// That below level j; of j = count that above the highest.
inline RelaxedThreshold relaxed_threshold(const RelaxedGrid& grid, std::size_t j, double w) {
  const double x = ((grid.place(j) - 0.5) * grid.step - w) / grid.spread, tail = std::exp(-std::abs(x));
  return {x, std::max(x, 0.0) + std::log1p(tail), (x >= 0 ? 1 : tail) / (1 + tail)};
}

/// The share of a level is sig(above) - sig(below): w plus noise lies between the two. Its logarithm, not normalized over
/// the levels.
inline double log_relaxed_share(const RelaxedGrid& grid, const RelaxedThreshold& below, const RelaxedThreshold& above) {
  return above.x + std::log(-std::expm1(-grid.step / grid.spread)) - above.softplus - below.softplus;
}

/// Derivatives of that logarithm.
struct RelaxedSlopes {
  double by_weight = 0, by_step = 0, by_spread = 0;
};

inline RelaxedSlopes relaxed_slopes(const RelaxedGrid& grid, std::size_t level, const RelaxedThreshold& below,
                                    const RelaxedThreshold& above) {
  const double share = log_relaxed_share(grid, below, above), place = grid.place(level);
  // sig'(x) over the share
  const double a = std::exp(above.x - 2 * above.softplus - share), b = std::exp(below.x - 2 * below.softplus - share);
  return {(above.sigmoid + below.sigmoid - 1) / grid.spread, ((place + 0.5) * a - (place - 0.5) * b) / grid.spread,
          -(above.x * a - below.x * b) / grid.spread};
}

/// The smooth value, in weight units, and its derivatives.
struct RelaxedValue {
  double value = 0, by_weight = 0, by_step = 0, by_spread = 0;
};

/// The mean of the levels under softmax((log share + noise) / temperature); noise [count] are draws from the Gumbel
/// distribution, temperature > 0. Without `slopes` the derivatives are left out.
inline RelaxedValue relaxed_value(const RelaxedGrid& grid, double w, double temperature, std::span<const double> noise,
                                  bool slopes = true) {
  std::array<RelaxedThreshold, kMostRelaxedLevels + 1> thresholds;
  for (std::size_t j = 0; j <= grid.count; ++j) thresholds[j] = relaxed_threshold(grid, j, w);
  std::array<double, kMostRelaxedLevels> softmax;
  double most = -INFINITY, total = 0, mean = 0;
  for (std::size_t i = 0; i < grid.count; ++i) {
    // What all shares have in common counts in no softmax.
    const double log_share = thresholds[i + 1].x - thresholds[i + 1].softplus - thresholds[i].softplus;
    most = std::max(most, softmax[i] = (log_share + noise[i]) / temperature);
  }
  for (std::size_t i = 0; i < grid.count; ++i) total += softmax[i] = std::exp(softmax[i] - most);
  for (std::size_t i = 0; i < grid.count; ++i) mean += (softmax[i] /= total) * grid.place(i);
  RelaxedValue result{.value = grid.step * mean, .by_step = mean};
  for (std::size_t i = 0; slopes && i < grid.count; ++i) {
    const double pull = softmax[i] * grid.step * (grid.place(i) - mean) / temperature;
    const RelaxedSlopes own = relaxed_slopes(grid, i, thresholds[i], thresholds[i + 1]);
    result.by_weight += pull * own.by_weight;
    result.by_step += pull * own.by_step;
    result.by_spread += pull * own.by_spread;
  }
  return result;
}

}  // namespace steq

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

/// The logarithm of a level's share, not normalized over the levels, with its derivatives.
struct RelaxedShare {
  double log = 0, by_weight = 0, by_step = 0, by_spread = 0;
};

/// log(1 + e^x) without overflow.
inline double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

/// The share is sig(a) - sig(b): w plus noise lies between the thresholds around the level; a and b are the distances to
/// these in units of the spread.
inline RelaxedShare relaxed_share(const RelaxedGrid& grid, std::size_t level, double w) {
  const double above = grid.place(level) + 0.5, below = grid.place(level) - 0.5, width = grid.step / grid.spread;
  const double a = (above * grid.step - w) / grid.spread, b = (below * grid.step - w) / grid.spread;
  RelaxedShare share{.log = a + std::log(-std::expm1(-width)) - softplus(a) - softplus(b)};
  // sig'(x) over the share
  const auto slope = [&](double x) { return std::exp(x - 2 * softplus(x) - share.log); };
  share.by_weight = (std::exp(a - softplus(a)) + std::exp(b - softplus(b)) - 1) / grid.spread;
  share.by_step = (above * slope(a) - below * slope(b)) / grid.spread;
  share.by_spread = -(a * slope(a) - b * slope(b)) / grid.spread;
  return share;
}

/// The smooth value, in weight units, and its derivatives.
struct RelaxedValue {
  double value = 0, by_weight = 0, by_step = 0, by_spread = 0;
};

/// The mean of the levels under softmax((log share + noise) / temperature); noise [count] are draws from the Gumbel
/// distribution, temperature > 0.
inline RelaxedValue relaxed_value(const RelaxedGrid& grid, double w, double temperature,
                                  std::span<const double> noise) {
  std::array<RelaxedShare, kMostRelaxedLevels> shares;
  std::array<double, kMostRelaxedLevels> softmax;
  double most = -INFINITY, total = 0;
  for (std::size_t i = 0; i < grid.count; ++i) {
    shares[i] = relaxed_share(grid, i, w);
    most = std::max(most, softmax[i] = (shares[i].log + noise[i]) / temperature);
  }
  for (std::size_t i = 0; i < grid.count; ++i) total += softmax[i] = std::exp(softmax[i] - most);
  double mean = 0;
  for (std::size_t i = 0; i < grid.count; ++i) mean += (softmax[i] /= total) * grid.place(i);
  RelaxedValue result{.value = grid.step * mean, .by_step = mean};
  for (std::size_t i = 0; i < grid.count; ++i) {
    const double pull = softmax[i] * grid.step * (grid.place(i) - mean) / temperature;
    result.by_weight += pull * shares[i].by_weight;
    result.by_step += pull * shares[i].by_step;
    result.by_spread += pull * shares[i].by_spread;
  }
  return result;
}

}  // namespace steq

// SPDX-License-Identifier: MIT
// Quantizer, estimators, rescaling, optimizers and schedule of one weight, from their formulas.
#pragma once

#include <cmath>
#include <numbers>

namespace steq::slow {

/// Levels -W, -W + delta, ..., W.
struct Grid {
  double range;
  int intervals;

  Grid(double fan_in, int bits) : range(std::sqrt(6 / fan_in)), intervals((1 << bits) - 1) {}
  double delta() const { return 2 * range / intervals; }

  int level(double w) const {
    const double position = (std::fmin(std::fmax(w, -range), range) + range) / delta(), below = std::floor(position);
    const double part = position - below;
    const bool up = part > 0.5 || (part == 0.5 && std::fmod(below, 2) == 1);
    return static_cast<int>(below) + (up ? 1 : 0);
  }
  double value(int level) const { return -range + level * delta(); }
  /// The threshold between the two levels around w, continued beyond the range.
  double threshold(double w) const { return -range + (std::floor((w + range) / delta()) + 0.5) * delta(); }
};

/// tanh staircase of steepness k, or straight-through where k is 0.
struct SoftStep {
  Grid grid;
  double k;

  double kappa() const { return k / grid.range; }
  double half_argument() const { return kappa() * grid.delta() / 2; }

  double derivative(double w) const {
    if (std::abs(w) > grid.range) return 0;
    if (k == 0) return 1;
    const double c = std::cosh(kappa() * (w - grid.threshold(w)));
    return half_argument() / std::tanh(half_argument()) / (c * c);
  }

  double alpha() const {
    const double e = half_argument();
    return 2 * e * e / std::tanh(e) / (e + std::sinh(e) * std::cosh(e));
  }

  double map(double w) const {
    const double e = half_argument(), center = grid.threshold(w), x = kappa() * (w - center);
    return center + grid.delta() / 2 * (x + std::sinh(x) * std::cosh(x)) / (e + std::sinh(e) * std::cosh(e));
  }
};

struct Optimizer {
  enum class Kind { sgd, adam, rmsprop, sign } kind = Kind::sgd;
  double momentum = 0, beta1 = 0.9, beta2 = 0.95, epsilon = 1e-8;
  double clip_value = 0, clip_norm = 0, weight_decay = 0, decoupled_decay = 0;
  bool nesterov = false;

  struct Moments {
    double first = 0, second = 0;
  };

  /// The change of a weight in update t = 1, 2, ...
  double change(double g, double rate, int t, Moments& m) const {
    switch (kind) {
      case Kind::sgd:
        m.first = g + momentum * m.first;
        return -rate * (nesterov ? g + momentum * m.first : m.first);
      case Kind::rmsprop:
        m.second = beta2 * m.second + (1 - beta2) * g * g;
        return -rate * g / (std::sqrt(m.second) + epsilon);
      case Kind::sign:
        return g == 0 ? 0 : -rate * g / std::abs(g);
      case Kind::adam:
        break;
    }
    m.first = beta1 * m.first + (1 - beta1) * g;
    m.second = beta2 * m.second + (1 - beta2) * g * g;
    const double first = m.first / (1 - std::pow(beta1, t)), second = m.second / (1 - std::pow(beta2, t));
    return -rate * first / (std::sqrt(second) + epsilon);
  }
};

/// Share of the peak rate of update c = 0, 1, ... of n: a linear rise over s n updates, then half a cosine.
inline double warmup_cosine(double c, double n, double s) {
  const double rise = s * n;
  if (c < rise) return c / rise;
  return 0.5 * (1 + std::cos(std::numbers::pi * (c - rise) / (n - rise)));
}

}  // namespace steq::slow

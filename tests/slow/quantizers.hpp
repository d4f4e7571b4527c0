// SPDX-License-Identifier: MIT
// Grids that move, one weight after the other, from their definitions.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>

#include "tests/slow/tensors.hpp"

namespace steq::slow {

/// Of one tensor; `numbers` are its grid parameters in the order of their declaration.
class MovingGrid {
 public:
  virtual ~MovingGrid() = default;

  Values numbers;
  std::vector<std::size_t> learned;  ///< of the numbers
  double rate_factor = 1;

  /// For update 0, from the first weights.
  virtual void start(const Values& w) = 0;
  /// For the update that comes, from the weights as they are.
  virtual void fit(const Values&, long /*epoch*/) {}
  virtual int level(double w) const = 0;
  /// What training uses.
  virtual double value(double w) const = 0;
  /// What multiplies the gradient.
  virtual double slope(double) const { return 1; }
  /// dQ(w) by each learned number.
  virtual Values derivatives(double) const { return {}; }
};

inline double mean_magnitude(const Values& w) {
  double sum = 0;
  for (const double x : w) sum += std::abs(x);
  return sum / static_cast<double>(w.size());
}

inline double largest_magnitude(const Values& w) {
  double largest = 0;
  for (const double x : w) largest = std::fmax(largest, std::abs(x));
  return largest;
}

class Lsq : public MovingGrid {
 public:
  Lsq(int bits, double weights) : n_(std::exp2(bits - 1)), p_(n_ - 1), weights_(weights) { learned = {0}; }
  void start(const Values& w) override { numbers = {2 * mean_magnitude(w) / std::sqrt(p_)}; }
  int level(double w) const override { return static_cast<int>(cut(std::nearbyint(w / numbers[0])) + n_); }
  double value(double w) const override { return numbers[0] * cut(std::nearbyint(w / numbers[0])); }
  double slope(double w) const override { return w >= -n_ * numbers[0] && w <= p_ * numbers[0] ? 1 : 0; }
  Values derivatives(double w) const override {
    const double v = w / numbers[0], inside = std::nearbyint(v) - v;
    return {(v <= -n_ ? -n_ : v >= p_ ? p_ : inside) / std::sqrt(weights_ * p_)};
  }

 private:
  double cut(double v) const { return std::fmax(-n_, std::fmin(p_, v)); }
  double n_, p_, weights_;
};

class AbsmeanTernary : public MovingGrid {
 public:
  void start(const Values& w) override { fit(w, 0); }
  void fit(const Values& w, long) override { numbers = {mean_magnitude(w)}; }
  int level(double w) const override { return static_cast<int>(std::lround(value(w) / numbers[0])) + 1; }
  double value(double w) const override {
    return numbers[0] * std::fmax(-1, std::fmin(1, std::nearbyint(w / numbers[0])));
  }
};

class Xnor : public MovingGrid {
 public:
  void start(const Values& w) override { fit(w, 0); }
  void fit(const Values& w, long) override { numbers = {mean_magnitude(w)}; }
  int level(double w) const override { return w >= 0 ? 1 : 0; }
  double value(double w) const override { return w >= 0 ? numbers[0] : -numbers[0]; }
};

class Twn : public MovingGrid {
 public:
  void start(const Values& w) override { fit(w, 0); }
  void fit(const Values& w, long) override {
    numbers = {0.7 * mean_magnitude(w), 0};
    double sum = 0, count = 0;
    for (const double x : w)
      if (std::abs(x) > numbers[0]) sum += std::abs(x), ++count;
    numbers[1] = sum / count;
  }
  int level(double w) const override { return w > numbers[0] ? 2 : w < -numbers[0] ? 0 : 1; }
  double value(double w) const override { return (level(w) - 1) * numbers[1]; }
};

/// With ttq-scaled.
class Ttq : public MovingGrid {
 public:
  Ttq(double share, double factor) : share_(share) { learned = {1, 2}, rate_factor = factor; }
  void start(const Values& w) override {
    numbers = {share_ * largest_magnitude(w), 0, 0};
    for (const int side : {1, 2}) {
      double sum = 0, count = 0;
      for (const double x : w)
        if ((side == 1 ? x : -x) > numbers[0]) sum += std::abs(x), ++count;
      numbers[static_cast<std::size_t>(side)] = count > 0 ? sum / count : mean_magnitude(w);
    }
  }
  void fit(const Values& w, long) override { numbers[0] = share_ * largest_magnitude(w); }
  int level(double w) const override { return w > numbers[0] ? 2 : w < -numbers[0] ? 0 : 1; }
  double value(double w) const override { return w > numbers[0] ? numbers[1] : w < -numbers[0] ? -numbers[2] : 0; }
  double slope(double w) const override { return w > numbers[0] ? numbers[1] : w < -numbers[0] ? numbers[2] : 1; }
  Values derivatives(double w) const override { return {w > numbers[0] ? 1.0 : 0.0, w < -numbers[0] ? -1.0 : 0.0}; }

 private:
  double share_;
};

/// With `exact`; levels symmetric. The temperature grows by `per_epoch`.
class Staircase : public MovingGrid {
 public:
  Staircase(Values levels, Values thresholds, double per_epoch, bool hard, double factor = 1)
      : levels_(std::move(levels)), b_(std::move(thresholds)), per_epoch_(per_epoch), hard_(hard) {
    learned = {0, 1}, rate_factor = factor;
  }
  void start(const Values& w) override {
    const double beta = 5 * levels_.back() / (4 * largest_magnitude(w));
    numbers = {1 / beta, beta, per_epoch_};
  }
  void fit(const Values&, long epoch) override { numbers[2] = per_epoch_ * static_cast<double>(epoch + 1); }
  int level(double w) const override {
    int above = 0;
    for (const double b : b_) above += numbers[1] * w > b;
    return above;
  }
  double value(double w) const override {
    if (hard_) return numbers[0] * levels_[static_cast<std::size_t>(level(w))];
    double sum = levels_.front();
    for (std::size_t i = 0; i < b_.size(); ++i) sum += height(i) / (1 + std::exp(-argument(i, w)));
    return numbers[0] * sum;
  }
  double slope(double w) const override {
    double sum = 0;
    for (std::size_t i = 0; i < b_.size(); ++i) {
      const double s = 1 / (1 + std::exp(-argument(i, w)));
      sum += height(i) * s * (1 - s);
    }
    return numbers[0] * numbers[1] * numbers[2] * sum;
  }
  Values derivatives(double w) const override { return {value(w) / numbers[0], w * slope(w) / numbers[1]}; }

 private:
  double height(std::size_t i) const { return levels_[i + 1] - levels_[i]; }
  double argument(std::size_t i, double w) const { return numbers[2] * (numbers[1] * w - b_[i]); }

  Values levels_, b_;
  double per_epoch_;
  bool hard_;
};

}  // namespace steq::slow

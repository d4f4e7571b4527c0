// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace steq {

/// Pearson's correlation of two series of outputs, unit by unit.
class UnitCorrelation {
 public:
  explicit UnitCorrelation(std::size_t units) : sums_(units) {}

  /// Both [n, units].
  template <class T>
  void add(std::span<const T> a, std::span<const T> b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      Sums& sum = sums_[i % sums_.size()];
      const double x = static_cast<double>(a[i]), y = static_cast<double>(b[i]);
      sum.n += 1;
      const double from_x = x - sum.x, from_y = y - sum.y;  // of the means so far: Welford, Technometrics 4 (1962) 419
      sum.x += from_x / sum.n, sum.y += from_y / sum.n;
      sum.xx += from_x * (x - sum.x), sum.yy += from_y * (y - sum.y), sum.xy += from_x * (y - sum.y);
    }
  }

  /// Over the units whose outputs vary in both; nothing where there is none.
  std::optional<double> mean() const {
    double sum = 0, count = 0;
    for (const Sums& s : sums_)
      if (s.xx > 0 && s.yy > 0) sum += s.xy / std::sqrt(s.xx * s.yy), count += 1;
    return count > 0 ? std::optional(sum / count) : std::nullopt;
  }

 private:
  struct Sums {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  };
  std::vector<Sums> sums_;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// How the values are distributed that a layer `quantize` is given.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <span>

#include "sim/quantizers/grid.hpp"

namespace steq {

/// Bins of one width around the thresholds of a grid; what lies farther out counts to the outermost bins. Threads may add
/// at the same time.
class ActivationHistogram {
 public:
  static constexpr std::size_t kBins = 96;

  /// The thresholds lie in the middle half, or the only one in the middle of three levels' distance.
  explicit ActivationHistogram(const Grid& grid) {
    const double first = grid.thresholds.front(), last = grid.thresholds.back();
    const double span = last > first ? 2 * (last - first) : 3 * (grid.levels[1] - grid.levels[0]);
    low_ = (first + last - span) / 2;
    width_ = span / kBins;
  }

  double low() const { return low_; }
  double width() const { return width_; }
  std::span<const std::uint64_t> counts() const { return counts_; }

  template <class T>
  void add(std::span<const T> x) {
    std::array<std::uint64_t, kBins> own{};
    for (const T value : x) {
      const double place = (static_cast<double>(value) - low_) / width_;
      ++own[place >= 0 ? static_cast<std::size_t>(std::min(place, kBins - 1.0)) : 0];
    }
    for (std::size_t i = 0; i < kBins; ++i)
      if (own[i] > 0) std::atomic_ref(counts_[i]).fetch_add(own[i], std::memory_order_relaxed);
  }

 private:
  double low_, width_;
  std::array<std::uint64_t, kBins> counts_{};
};

}  // namespace steq

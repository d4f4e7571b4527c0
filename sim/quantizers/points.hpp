// SPDX-License-Identifier: MIT
// The rule of `points`: levels that learn, in units of each bucket's scale.
#pragma once

#include <algorithm>
#include <cmath>

#include "sim/quantizers/bucket.hpp"
#include "sim/quantizers/quantizer_rule.hpp"

namespace steq {

struct PointsSetup {
  std::size_t count;   ///< of points
  std::size_t bucket;  ///< weights
  bool quantiles;      ///< start
  double rate_factor;
  std::size_t share_over;  ///< batches
};

/// The numbers are the points, then the low ends of all buckets, then their widths.
class PointsGrid {
 public:
  PointsGrid(const PointsSetup& setup, const TensorShape& tensor)
      : setup_(setup),
        bucket_(setup.bucket > 0 ? setup.bucket : tensor.weights),
        buckets_((tensor.weights + bucket_ - 1) / bucket_),
        usual_(std::sqrt(6.0 / static_cast<double>(tensor.fan_in))) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "points",
             .meaning = "p, the levels, in units of a bucket's scale",
             .by = GridParameter::By::learned,
             .rate_factor = setup_.rate_factor,
             .count = setup_.count,
             .rises = true},
            {.name = "low", .meaning = "the smallest weight of each bucket, in weight units", .count = buckets_},
            {.name = "width", .meaning = "from there to its largest, in weight units", .count = buckets_}};
  }
  std::size_t group() const { return 0; }
  std::size_t share_over() const { return setup_.share_over; }

  /// That of the first bucket.
  Grid grid_at(std::span<const double> numbers) const { return grid_of(0, numbers); }
  std::vector<Grid> grids_at(std::span<const double> numbers) const {
    std::vector<Grid> grids;
    for (std::size_t b = 0; b < buckets_; ++b) grids.push_back(grid_of(b, numbers));
    return grids;
  }
  /// From the lowest level of all buckets to the highest.
  GridFrame frame_at(std::span<const double> numbers) const {
    GridFrame frame{.low = kInfinity, .high = -kInfinity};
    for (std::size_t at = 0; at < buckets_ * bucket_; at += bucket_) {
      frame.low = std::min(frame.low, numbers[0] * width(at, numbers) + low(at, numbers));
      frame.high = std::max(frame.high, numbers[setup_.count - 1] * width(at, numbers) + low(at, numbers));
    }
    return frame;
  }
  std::vector<double> example() const {
    std::vector<double> numbers(setup_.count + 2 * buckets_, 2 * usual_);
    std::ranges::copy(even(), numbers.begin());
    std::fill_n(numbers.begin() + static_cast<std::ptrdiff_t>(setup_.count), buckets_, -usual_);
    return numbers;
  }

  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    for (std::size_t b = 0; b < buckets_; ++b) {
      const std::size_t first = b * bucket_;
      const BucketScale scale = bucket_scale(w.subspan(first, std::min(bucket_, w.size() - first)));
      numbers[setup_.count + b] = scale.low;
      numbers[setup_.count + buckets_ + b] = scale.width;
    }
  }

  /// Quantiles lie on the lines between neighbours in order.
  template <class T>
  void start(std::span<const T> w, std::span<double> numbers) const {
    std::ranges::copy(even(), numbers.begin());
    if (!setup_.quantiles) return;
    std::vector<double> scaled;
    for (std::size_t i = 0; i < w.size(); ++i) scaled.push_back(scaled_weight(double{w[i]}, i, numbers));
    std::ranges::sort(scaled);
    for (double& point : numbers.first(setup_.count)) {
      const double place = point * static_cast<double>(scaled.size() - 1), below = std::floor(place);
      const auto i = static_cast<std::size_t>(below), next = std::min(i + 1, scaled.size() - 1);
      point = scaled[i] + (place - below) * (scaled[next] - scaled[i]);
    }
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    for (std::size_t i = 0; i < w.size(); ++i) {
      const std::size_t at = place.first + i, point = nearest(scaled_weight(double{w[i]}, at, place.grid), place.grid);
      level[i] = static_cast<Level>(point);
      value[i] = static_cast<T>(place.grid[point] * width(at, place.grid) + low(at, place.grid));
    }
  }

  /// dL/dp = the sum over the weights at that point of their bucket's width times dL/dQ.
  template <class T>
  void add_gradients(std::span<const T> w, std::span<const T> gradient, const BlockPlace& place,
                     std::span<double> sums) const {
    for (std::size_t i = 0; i < w.size(); ++i) {
      const std::size_t at = place.first + i, point = nearest(scaled_weight(double{w[i]}, at, place.grid), place.grid);
      sums[point] += width(at, place.grid) * double{gradient[i]};
    }
  }

 private:
  std::vector<double> even() const {
    std::vector<double> points;
    for (std::size_t j = 0; j < setup_.count; ++j)
      points.push_back(static_cast<double>(j) / static_cast<double>(setup_.count - 1));
    return points;
  }
  double low(std::size_t at, std::span<const double> numbers) const { return numbers[setup_.count + at / bucket_]; }
  double width(std::size_t at, std::span<const double> numbers) const {
    return numbers[setup_.count + buckets_ + at / bucket_];
  }
  double scaled_weight(double w, std::size_t at, std::span<const double> numbers) const {
    return (w - low(at, numbers)) / width(at, numbers);
  }
  /// Borders lie at midpoints, and belong to the point below.
  std::size_t nearest(double h, std::span<const double> numbers) const {
    std::size_t point = 0;
    for (std::size_t j = 0; j + 1 < setup_.count; ++j) point += h > (numbers[j] + numbers[j + 1]) / 2;
    return point;
  }
  Grid grid_of(std::size_t bucket, std::span<const double> numbers) const {
    const double first = low(bucket * bucket_, numbers), unit = width(bucket * bucket_, numbers);
    Grid grid{.levels = {}, .thresholds = {}, .range = 0, .delta = 0, .clips = false};
    for (std::size_t j = 0; j < setup_.count; ++j) grid.levels.push_back(numbers[j] * unit + first);
    for (std::size_t j = 0; j + 1 < setup_.count; ++j)
      grid.thresholds.push_back((numbers[j] + numbers[j + 1]) / 2 * unit + first);
    grid.range = (grid.levels.back() - grid.levels.front()) / 2;
    return grid;
  }

  PointsSetup setup_;
  std::size_t bucket_, buckets_;
  double usual_;
};

}  // namespace steq

// SPDX-License-Identifier: MIT
// The rule of `soft-staircase`: a sum of sigmoids in training, of unit steps at inference; scales learn, the temperature
// follows its schedule.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/codebooks/kmeans_centres.hpp"
#include "sim/core/stripes.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/sigmoid_steps.hpp"

namespace steq {

/// Of the cited paper: the thresholds beside a level 0, in units of beta w.
inline constexpr double kBesideZero = 0.05;

/// As the config has them.
struct Staircase {
  Numbers levels;          ///< Y, in units of alpha
  Numbers thresholds;      ///< empty: fitted
  bool per_epoch = false;  ///< the temperature is that of the first epoch
  double temperature = 1, most = 1;
  bool soft = true;
  double rate_factor = 1;
};

/// With the two beside a level 0 where the paper has them, and none beyond its neighbour.
inline Numbers midpoints(const std::vector<double>& centres, const Numbers& levels) {
  Numbers middle;
  for (std::size_t i = 0; i + 1 < centres.size(); ++i) middle.push_back((centres[i] + centres[i + 1]) / 2);
  const auto zero = static_cast<std::size_t>(std::ranges::find(levels, 0.0) - levels.begin());
  if (zero == levels.size()) return middle;
  for (std::size_t i = 0; i < middle.size(); ++i)
    middle[i] = i < zero ? std::min(middle[i], -kBesideZero) : std::max(middle[i], kBesideZero);
  if (zero > 0) middle[zero - 1] = -kBesideZero;
  if (zero < middle.size()) middle[zero] = kBesideZero;
  return middle;
}

class SoftStaircase {
 public:
  SoftStaircase(Staircase staircase, const TensorShape& tensor)
      : given_(std::move(staircase)),
        largest_(std::max(std::abs(given_.levels.front()), std::abs(given_.levels.back()))),
        usual_(tensor.activations ? 1 : std::sqrt(6.0 / static_cast<double>(tensor.fan_in))) {
    Numbers heights;
    for (std::size_t i = 0; i + 1 < given_.levels.size(); ++i)
      heights.push_back(given_.levels[i + 1] - given_.levels[i]);
    const double offset = tensor.activations ? 0 : (given_.levels.back() - given_.levels.front()) / 2;
    steps_ = std::make_shared<const SigmoidSteps>(heights, offset, given_.thresholds);
    for (std::size_t j = 0; j < given_.levels.size(); ++j) heights_.push_back(steps_->height(j));
  }

  std::vector<GridParameter> parameters() const {
    std::vector<GridParameter> all{scale("alpha", "output scale, in weight units"),
                                   scale("beta", "input scale, in 1 / weight units"),
                                   {.name = "temperature",
                                    .meaning = "T, steepness of the soft steps, in 1 / (beta w)",
                                    .by = GridParameter::By::scheduled,
                                    .stored = false}};
    all[1].stored = false;
    if (given_.thresholds.empty())
      all.push_back({.name = "thresholds",
                     .meaning = "b, between the clusters of the first weights, in units of beta w",
                     .by = GridParameter::By::first,
                     .count = given_.levels.size() - 1,
                     .rises = true,
                     .stored = false});
    return all;
  }
  std::size_t group() const { return 0; }
  bool soft() const { return given_.soft; }
  std::shared_ptr<const ForwardSlope> slope() const { return steps_; }

  Grid grid_at(std::span<const double> numbers) const {
    Grid grid{.levels = {}, .thresholds = {}, .delta = 0, .clips = false};
    for (const double height : heights_) grid.levels.push_back(numbers[0] * height);
    for (const double b : steps_->thresholds(numbers)) grid.thresholds.push_back(b / numbers[1]);
    grid.range = (grid.levels.back() - grid.levels.front()) / 2;
    return grid;
  }
  GridFrame frame_at(std::span<const double> numbers) const {
    return {numbers[0] * heights_.front(), numbers[0] * heights_.back(), 0};
  }
  std::vector<double> example() const {
    std::vector<double> numbers(3 + (given_.thresholds.empty() ? heights_.size() - 1 : 0));
    schedule({}, numbers);
    set_scales(usual_, numbers);
    if (given_.thresholds.empty()) std::ranges::copy(midpoints(given_.levels, given_.levels), numbers.begin() + 3);
    return numbers;
  }

  template <class T>
  void start(std::span<const T> w, std::span<double> numbers) const {
    double largest = 0;
    for (const T x : w) largest = std::max(largest, std::abs(double{x}));
    set_scales(largest > 0 ? largest : usual_, numbers);
    if (!given_.thresholds.empty()) return;
    std::vector<double> scaled;
    for (const T x : w) scaled.push_back(numbers[1] * double{x});
    const SortedValues<double> values(scaled);
    const std::vector<double> centres = kmeans_centres(values, equidistant_centres(values, heights_.size()));
    std::ranges::copy(midpoints(centres, given_.levels), numbers.begin() + 3);
  }

  void schedule(const Clock& clock, std::span<double> numbers) const {
    numbers[2] =
        given_.per_epoch ? std::min(given_.most, given_.temperature * (clock.epoch() + 1.0)) : given_.temperature;
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    const T beta = static_cast<T>(place.grid[1]);
    std::ranges::fill(level, Level{0});
    for (const double b : steps_->thresholds(place.grid))
      for (std::size_t i = 0; i < w.size(); ++i) level[i] += beta * w[i] - static_cast<T>(b) > 0;
    if (given_.soft && !place.hard) return steps_->values(w, value, place.grid);
    for (std::size_t i = 0; i < w.size(); ++i)
      value[i] = static_cast<T>(place.grid[0] * heights_[static_cast<std::size_t>(level[i])]);
  }

  /// dQ/dalpha = Q / alpha; dQ/dbeta = w / beta times the slope by w.
  template <class T>
  void add_gradients(std::span<const T> w, std::span<const T> gradient, const BlockPlace& place,
                     std::span<double> sums) const {
    std::array<Level, kBlock> level;
    std::array<T, kBlock> value, slope;
    std::ranges::copy(w, slope.begin());
    steps_->values_and_slopes(std::span(slope).first(w.size()), std::span(value).first(w.size()), place.grid);
    if (!given_.soft) apply(w, std::span(level).first(w.size()), std::span(value).first(w.size()), place);
    std::array<double, kBlock> by_alpha, by_beta;
    for (std::size_t i = 0; i < w.size(); ++i) {
      by_alpha[i] = double{gradient[i]} * double{value[i]};
      by_beta[i] = double{gradient[i]} * double{w[i]} * double{slope[i]};
    }
    sums[0] += striped_sum<double>(std::span(by_alpha).first(w.size())) / place.grid[0];
    sums[1] += striped_sum<double>(std::span(by_beta).first(w.size())) / place.grid[1];
  }

 private:
  GridParameter scale(const std::string& name, const std::string& meaning) const {
    return {.name = name,
            .meaning = meaning,
            .by = GridParameter::By::learned,
            .rate_factor = given_.rate_factor,
            .least = kLeastScale};
  }
  /// The largest weight lies a quarter beyond the outermost level.
  void set_scales(double largest, std::span<double> numbers) const {
    numbers[1] = std::max(kLeastScale, 5 * largest_ / (4 * largest));
    numbers[0] = std::max(kLeastScale, 1 / numbers[1]);
  }

  Staircase given_;
  double largest_;  // magnitude in Y
  double usual_;    // W of weights uniform in [-W, W]
  std::shared_ptr<const SigmoidSteps> steps_;
  std::vector<double> heights_;  // of the levels above zero, in units of alpha
};

}  // namespace steq

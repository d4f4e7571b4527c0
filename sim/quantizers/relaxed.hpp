// SPDX-License-Identifier: MIT
// The rule of `relaxed`: a smooth draw among the levels in training, the nearest level at inference.
#pragma once

#include "sim/core/random.hpp"
#include "sim/core/stripes.hpp"
#include "sim/core/within.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/relaxed_value.hpp"

namespace steq {

struct Relaxed {
  std::size_t count;
  double usual_step;   ///< with which training begins, in weight units
  double first_share;  ///< of the spread in the step, at the start
  double least_share;  ///< of the spread in the first step, at any time: without noise no gradient passes
  double temperature, rate_factor;

  std::vector<GridParameter> parameters() const {
    GridParameter step = learned("step", "from one level to the next, in weight units");
    GridParameter spread = learned("spread", "scale of the logistic noise, in weight units");
    spread.least = std::max(kLeastScale, least_share * usual_step);
    spread.stored = false;
    return {step, spread};
  }
  std::size_t group() const { return 0; }
  bool soft() const { return true; }
  bool noisy() const { return true; }

  Grid grid_at(std::span<const double> numbers) const {
    const RelaxedGrid levels = at(numbers);
    Grid grid{.levels = {},
              .thresholds = {},
              .range = levels.place(count - 1) * levels.step,
              .delta = levels.step,
              .clips = false};
    for (std::size_t i = 0; i < count; ++i) grid.levels.push_back(levels.place(i) * levels.step);
    for (std::size_t i = 0; i + 1 < count; ++i) grid.thresholds.push_back((levels.place(i) + 0.5) * levels.step);
    return grid;
  }
  std::vector<double> example() const { return {usual_step, first_share * usual_step}; }

  template <class T>
  void start(std::span<const T>, std::span<double> numbers) const {
    std::ranges::copy(example(), numbers.begin());
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    const RelaxedGrid grid = at(place.grid);
    const T step = static_cast<T>(grid.step), highest = static_cast<T>(count - 1);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const T index = std::nearbyint(within(w[i] / step + highest / 2, T(0), highest));
      level[i] = static_cast<Level>(index);
      value[i] = step * (index - highest / 2);
    }
    if (!place.hard)
      for_each_draw(w, place, false,
                    [&](std::size_t i, const RelaxedValue& drawn) { value[i] = static_cast<T>(drawn.value); });
  }

  /// Through the draw.
  template <class T>
  void multiply_slope(std::span<const T> w, std::span<T> gradient, const BlockPlace& place) const {
    for_each_draw(w, place, true,
                  [&](std::size_t i, const RelaxedValue& drawn) { gradient[i] *= static_cast<T>(drawn.by_weight); });
  }

  template <class T>
  void add_gradients(std::span<const T> w, std::span<const T> gradient, const BlockPlace& place,
                     std::span<double> sums) const {
    std::array<double, kBlock> by_step, by_spread;
    for_each_draw(w, place, true, [&](std::size_t i, const RelaxedValue& drawn) {
      by_step[i] = double{gradient[i]} * drawn.by_step;
      by_spread[i] = double{gradient[i]} * drawn.by_spread;
    });
    sums[0] += striped_sum<double>(std::span(by_step).first(w.size()));
    sums[1] += striped_sum<double>(std::span(by_spread).first(w.size()));
  }

 private:
  GridParameter learned(const std::string& name, const std::string& meaning) const {
    return {.name = name,
            .meaning = meaning,
            .by = GridParameter::By::learned,
            .rate_factor = rate_factor,
            .least = kLeastScale};
  }
  RelaxedGrid at(std::span<const double> numbers) const {
    return {.count = count, .step = numbers[0], .spread = numbers[1]};
  }
  /// Calls visit(i, value of w[i] with the noise of that weight and step), with derivatives where `slopes`.
  template <class T, class Visit>
  void for_each_draw(std::span<const T> w, const BlockPlace& place, bool slopes, const Visit& visit) const {
    const RelaxedGrid grid = at(place.grid);
    std::array<double, kMostRelaxedLevels> noise;
    for (std::size_t i = 0; i < w.size(); ++i) {
      RandomStream draws(place, Purpose::quantizer_noise, i);
      for (std::size_t j = 0; j < count; ++j) noise[j] = -std::log(-std::log(draws.uniform()));
      visit(i, relaxed_value(grid, double{w[i]}, temperature, noise, slopes));
    }
  }
};

}  // namespace steq

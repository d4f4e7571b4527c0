// SPDX-License-Identifier: MIT
// Two small random learners of which the level of every weight after every step is known.
#pragma once

#include <cmath>
#include <deque>
#include <random>
#include <utility>
#include <vector>

#include "sim/metrics/trace.hpp"

namespace steq::test {

/// levels[step][weight] of one tensor, step 0 first.
using Dense = std::vector<std::vector<Level>>;

/// Change points by comparing neighbouring rows.
inline ChangePointLog log_of(const Dense& levels) {
  ChangePointLog log(levels[0]);
  for (std::size_t t = 1; t < levels.size(); ++t)
    for (std::size_t i = 0; i < levels[t].size(); ++i)
      if (levels[t][i] != levels[t - 1][i])
        log.append({static_cast<WeightIndex>(i), static_cast<Step>(t), levels[t][i]});
  return log;
}

inline Grid equidistant_grid(double range, int intervals) {
  Grid grid{.levels = {}, .thresholds = {}, .range = range, .delta = 2 * range / intervals};
  for (int j = 0; j <= intervals; ++j) grid.levels.push_back(-range + j * grid.delta);
  for (int j = 0; j < intervals; ++j) grid.thresholds.push_back(-range + (j + 0.5) * grid.delta);
  return grid;
}

class RandomPair {
 public:
  /// b has a's levels, but once in `rare` weights and steps or so it is a step late; a few begin at level 0 instead.
  /// 3 tensors, 40 steps, 6 epochs, 20 samples of 3 classes.
  RandomPair(unsigned seed, int rare) : random_(seed) {
    a.name = "a";
    b.name = "b";
    for (const std::size_t weights : {5u, 30u, 17u}) add_tensor(weights, rare);
    for (auto series : {&LearnerTrace::train_loss, &LearnerTrace::test_loss, &LearnerTrace::test_accuracy})
      for (LearnerTrace* learner : {&a, &b}) learner->*series = numbers(6);
    for (LearnerTrace* learner : {&a, &b}) learner->logits = numbers(60);
    for (int sample = 0; sample < 20; ++sample) a.labels.push_back(static_cast<std::uint8_t>(below(3)));
    b.labels = a.labels;
    for (double& logit : b.logits) logit = std::round(2 * logit);  // makes ties
  }
  RandomPair(const RandomPair&) = delete;

  LearnerTrace a, b;
  std::vector<Dense> levels_a, levels_b;  ///< one for each tensor
  static constexpr std::size_t kSteps = 40;

 private:
  int below(int n) { return std::uniform_int_distribution(0, n - 1)(random_); }

  std::vector<double> numbers(std::size_t n) {
    std::vector<double> values(n);
    for (double& value : values) value = std::uniform_real_distribution(-1.0, 1.0)(random_);
    return values;
  }

  std::vector<double> values(std::size_t n) {
    std::vector<double> values(n);
    for (double& value : values) value = std::uniform_int_distribution(-2, 2)(random_values_);
    return values;
  }

  /// Mostly stays, sometimes moves to one of four levels; with memory of one level back, so that it flickers.
  Dense random_levels(std::size_t weights) {
    Dense dense(kSteps + 1, std::vector<Level>(weights));
    for (std::size_t i = 0; i < weights; ++i) {
      Level now = static_cast<Level>(below(4)), before = now;
      for (std::size_t t = 0; t <= kSteps; ++t) {
        const Level target = below(3) > 0 ? before : static_cast<Level>(below(4));
        if (t > 0 && below(1 + static_cast<int>(i) % 7) == 0 && i % 5 > 0) before = std::exchange(now, target);
        dense[t][i] = now;
      }
    }
    return dense;
  }

  Dense delayed(const Dense& levels, int rare) {
    Dense dense = levels;
    for (Level& level : dense[0])
      if (below(4 * rare) == 0) level = 0;
    for (std::size_t t = 1; t < dense.size(); ++t)
      for (std::size_t i = 0; i < dense[t].size(); ++i)
        if (below(rare) == 0) dense[t][i] = dense[t - 1][i];
    return dense;
  }

  TensorTrace tensor(const char* name, const Grid& grid, const Dense& dense) {
    logs_.push_back(log_of(dense));
    const std::size_t weights = dense[0].size();
    const double path = std::abs(numbers(1)[0]) + 1;
    return {name, grid, &logs_.back(), numbers(weights), numbers(weights), 0.7, path, values(weights)};
  }

  void add_tensor(std::size_t weights, int rare) {
    static const char* const names[] = {"conv1.weight", "conv2.weight", "fc.weight"};
    const Grid grid = equidistant_grid(0.5 + static_cast<double>(a.tensors.size()), 3);
    const char* name = names[a.tensors.size()];
    levels_a.push_back(random_levels(weights));
    levels_b.push_back(delayed(levels_a.back(), rare));
    a.tensors.push_back(tensor(name, grid, levels_a.back()));
    b.tensors.push_back(tensor(name, grid, levels_b.back()));
  }

  std::mt19937 random_, random_values_{1};
  std::deque<ChangePointLog> logs_;
};

}  // namespace steq::test

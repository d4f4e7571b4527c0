// SPDX-License-Identifier: MIT
// Every metric's definition once more, as plainly as possible, from the levels of every weight after every step.
#pragma once

#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "tests/sim/metrics/random_pair.hpp"

namespace steq::test {

using Measured = std::map<std::string, std::optional<double>>;

struct Entry {
  Level level;
  double step, count;
};
using Sequence = std::vector<Entry>;

inline Sequence sequence(const Dense& levels, std::size_t weight) {
  Sequence result{{levels[0][weight], 0, 0}};
  for (std::size_t t = 1; t < levels.size(); ++t)
    if (levels[t][weight] != levels[t - 1][weight]) result.push_back({levels[t][weight], static_cast<double>(t), 0});
  return result;
}

/// Rewrites the first A B A B until there is none.
inline Sequence compressed(Sequence s) {
  for (std::size_t i = 0; i + 3 < s.size(); ++i)
    if (s[i].level == s[i + 2].level && s[i + 1].level == s[i + 3].level) {
      s[i].count += 1;
      s.erase(s.begin() + static_cast<std::ptrdiff_t>(i) + 1, s.begin() + static_cast<std::ptrdiff_t>(i) + 3);
      return compressed(s);
    }
  return s;
}

inline bool same_levels(const Sequence& x, const Sequence& y) {
  bool same = x.size() == y.size();
  for (std::size_t i = 0; same && i < x.size(); ++i) same = x[i].level == y[i].level;
  return same;
}

inline double difference(const Sequence& x, const Sequence& y, double Entry::*field) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += std::abs(x[i].*field - y[i].*field);
  return sum;
}

inline std::optional<double> quotient(double part, double whole) {
  return whole == 0 ? std::nullopt : std::optional(part / whole);
}

inline void expect_sequences(const RandomPair& pair, Measured& expected) {
  double n = 0, changed = 0, agree = 0, agree_changed = 0, end = 0, end_changed = 0, agree_compressed = 0;
  double late = 0, changes = 0, late_compressed = 0, changes_compressed = 0, counts = 0, total_a = 0, total_b = 0;
  for (std::size_t tensor = 0; tensor < pair.levels_a.size(); ++tensor)
    for (std::size_t i = 0; i < pair.levels_a[tensor][0].size(); ++i) {
      const Sequence a = sequence(pair.levels_a[tensor], i), b = sequence(pair.levels_b[tensor], i);
      const Sequence ca = compressed(a), cb = compressed(b);
      const bool moved = a.size() + b.size() > 2;
      const bool same_end = pair.levels_a[tensor].back()[i] == pair.levels_b[tensor].back()[i];
      n += 1, changed += moved, end += same_end, end_changed += same_end && moved;
      for (const Entry& entry : ca) total_a += entry.count;
      for (const Entry& entry : cb) total_b += entry.count;
      if (same_levels(a, b)) {
        agree += 1, agree_changed += moved, late += difference(a, b, &Entry::step);
        changes += static_cast<double>(a.size() - 1);
      }
      if (same_levels(ca, cb)) {
        agree_compressed += 1, late_compressed += difference(ca, cb, &Entry::step);
        counts += difference(ca, cb, &Entry::count), changes_compressed += static_cast<double>(ca.size() - 1);
      }
    }
  expected["change_point_sequence_agreement"] = quotient(agree, n);
  expected["compressed_change_point_sequence_agreement"] = quotient(agree_compressed, n);
  expected["average_change_point_error"] = quotient(late, changes);
  expected["average_compressed_change_point_error"] = quotient(late_compressed, changes_compressed);
  expected["average_oscillation_error"] = quotient(counts, changes_compressed);
  expected["quantized_weight_agreement"] = quotient(end, n);
  expected["changed_weight_share"] = quotient(changed, n);
  expected["change_point_sequence_agreement_of_changed"] = quotient(agree_changed, changed);
  expected["quantized_weight_agreement_of_changed"] = quotient(end_changed, changed);
  expected["total_oscillations_a"] = total_a;
  expected["total_oscillations_b"] = total_b;
}

inline void expect_alignment(const RandomPair& pair, const WeightMap& map, Measured& expected) {
  double distance = 0, path = 0, bins = 0, displacement = 0;
  for (std::size_t tensor = 0; tensor < pair.a.tensors.size(); ++tensor) {
    const TensorTrace &a = pair.a.tensors[tensor], &b = pair.b.tensors[tensor];
    path += b.path_length / b.grid.range;
    for (std::size_t i = 0; i < a.final.size(); ++i) {
      distance += std::abs(map(a.grid, a.final[i]) - b.final[i]) / b.grid.range;
      bins += b.grid.delta / b.grid.range;
      displacement += std::abs(b.final[i] - b.initial[i]) / b.grid.range;
    }
  }
  expected["weight_alignment_error"] = quotient(distance, path);
  expected["alignment_error_per_bin"] = quotient(distance, bins);
  expected["alignment_error_per_displacement"] = quotient(distance, displacement);
}

inline void expect_values(const RandomPair& pair, Measured& expected) {
  double apart = 0, size = 0;
  for (std::size_t tensor = 0; tensor < pair.a.tensors.size(); ++tensor)
    for (std::size_t i = 0; i < pair.a.tensors[tensor].values.size(); ++i) {
      const double a = pair.a.tensors[tensor].values[i], b = pair.b.tensors[tensor].values[i];
      apart += (a - b) * (a - b), size += b * b;
    }
  expected["quantized_value_distance"] = std::sqrt(apart / size);
}

inline void expect_masks(const RandomPair& pair, Measured& expected) {
  double different = 0, weights = 0;
  for (std::size_t tensor = 0; tensor < pair.a.tensors.size(); ++tensor)
    for (std::size_t i = 0; i < pair.a.tensors[tensor].final.size(); ++i, ++weights) {
      const bool passes_a = std::abs(pair.a.tensors[tensor].final[i]) <= 0.7;
      const bool passes_b = std::abs(pair.b.tensors[tensor].final[i]) <= 0.7;
      different += passes_a && !passes_b ? 1 : 0;
      different += passes_b && !passes_a ? 1 : 0;
    }
  expected["mask_mismatch_share"] = quotient(different, weights);
}

inline std::size_t answer(const LearnerTrace& learner, std::size_t sample) {
  std::size_t best = 0;
  for (std::size_t c = 1; c < 3; ++c)
    if (learner.logits[sample * 3 + c] > learner.logits[sample * 3 + best]) best = c;
  return best;
}

inline void expect_inference(const RandomPair& pair, Measured& expected) {
  double same = 0, wrong = 0, same_wrong = 0, squares = 0, absolutes = 0;
  for (std::size_t sample = 0; sample < 20; ++sample) {
    const std::size_t a = answer(pair.a, sample), b = answer(pair.b, sample), label = pair.a.labels[sample];
    same += a == b;
    if (a != label && b != label) wrong += 1, same_wrong += a == b;
  }
  for (std::size_t i = 0; i < 60; ++i) {
    squares += std::pow(pair.a.logits[i] - pair.b.logits[i], 2);
    absolutes += std::abs(pair.a.logits[i] - pair.b.logits[i]);
  }
  expected["inference_agreement"] = quotient(same, 20);
  expected["incorrect_inference_agreement"] = quotient(same_wrong, wrong);
  expected["mean_squared_logit_difference"] = quotient(squares, 60);
  expected["mean_absolute_logit_difference"] = quotient(absolutes, 60);
}

inline double textbook_correlation(const std::vector<double>& x, const std::vector<double>& y) {
  double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    n += 1, sx += x[i], sy += y[i], sxx += x[i] * x[i], syy += y[i] * y[i], sxy += x[i] * y[i];
  return (n * sxy - sx * sy) / std::sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
}

inline Measured expect_all(const RandomPair& pair, const WeightMap& map) {
  Measured expected;
  expect_sequences(pair, expected);
  expect_alignment(pair, map, expected);
  expect_inference(pair, expected);
  expect_values(pair, expected);
  expect_masks(pair, expected);
  expected["train_loss_correlation"] = textbook_correlation(pair.a.train_loss, pair.b.train_loss);
  expected["test_loss_correlation"] = textbook_correlation(pair.a.test_loss, pair.b.test_loss);
  expected["test_accuracy_correlation"] = textbook_correlation(pair.a.test_accuracy, pair.b.test_accuracy);
  return expected;
}

}  // namespace steq::test

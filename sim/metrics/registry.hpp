// SPDX-License-Identifier: MIT
// The metrics of a pair of learners: each a name, a definition, and a pure function of a Comparison.
#pragma once

#include <optional>

#include "sim/core/plugin.hpp"
#include "sim/metrics/comparison.hpp"

namespace steq {

/// `info.summary` defines the metric, with unit and range; `make(comparison)` is its value, or nothing where it is
/// undefined (0/0, nothing recorded).
using MetricRegistry = Registry<std::optional<double>(const Comparison&)>;

/// In the order in which summaries and tables list them.
const MetricRegistry& metric_registry();

/// What can be recorded of a learner.
enum class Record {
  change_points,
  range,
  levels,
  path_length,
  initial_weights,
  final_weights,
  final_values,
  train_losses,
  test_losses,
  test_accuracies,
  logits,
  labels,
  reach
};

/// What of both learners a metric needs; without it the metric is undefined.
const std::vector<Record>& records_needed(const std::string& metric);

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "sim/metrics/registry.hpp"

#include <map>

// One line for each metric: the name of the function that returns its entry, and what it needs of both learners; one
// file for each family.
// clang-format off
#define STEQ_METRICS(entry)                                                        \
  entry(change_point_sequence_agreement, change_points)                            \
  entry(compressed_change_point_sequence_agreement, change_points)                 \
  entry(average_change_point_error, change_points)                                 \
  entry(average_compressed_change_point_error, change_points)                      \
  entry(average_oscillation_error, change_points)                                  \
  entry(weight_alignment_error, final_weights, range, path_length)                 \
  entry(alignment_error_per_bin, final_weights, levels)                            \
  entry(alignment_error_per_displacement, final_weights, range, initial_weights)   \
  entry(quantized_weight_agreement, change_points)                                 \
  entry(quantized_value_distance, final_values)                                    \
  entry(train_loss_correlation, train_losses)                                      \
  entry(test_loss_correlation, test_losses)                                        \
  entry(test_accuracy_correlation, test_accuracies)                                \
  entry(inference_agreement, logits, labels)                                       \
  entry(incorrect_inference_agreement, logits, labels)                             \
  entry(mean_squared_logit_difference, logits, labels)                             \
  entry(mean_absolute_logit_difference, logits, labels)                            \
  entry(changed_weight_share, change_points)                                       \
  entry(change_point_sequence_agreement_of_changed, change_points)                 \
  entry(quantized_weight_agreement_of_changed, change_points)                      \
  entry(total_oscillations_a, change_points)                                       \
  entry(total_oscillations_b, change_points)                                       \
  entry(mask_mismatch_share, final_weights, reach)
// clang-format on

namespace steq {
namespace metrics {
#define STEQ_DECLARE(name, ...) MetricRegistry::Entry name();
STEQ_METRICS(STEQ_DECLARE)
}  // namespace metrics

const MetricRegistry& metric_registry() {
#define STEQ_ENTRY(name, ...) metrics::name(),
  static const MetricRegistry registry("metric", {STEQ_METRICS(STEQ_ENTRY)});
  return registry;
}

const std::vector<Record>& records_needed(const std::string& metric) {
  using enum Record;
#define STEQ_NEEDS(name, ...) {#name, {__VA_ARGS__}},
  static const std::map<std::string, std::vector<Record>> needs{STEQ_METRICS(STEQ_NEEDS)};
  return needs.at(metric);
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY

// SPDX-License-Identifier: MIT
#include "sim/metrics/registry.hpp"

// One line for each metric: the name of the function that returns its entry; one file for each family.
// clang-format off
#define STEQ_METRICS(entry)                         \
  entry(change_point_sequence_agreement)            \
  entry(compressed_change_point_sequence_agreement) \
  entry(average_change_point_error)                 \
  entry(average_compressed_change_point_error)      \
  entry(average_oscillation_error)                  \
  entry(weight_alignment_error)                     \
  entry(alignment_error_per_bin)                    \
  entry(alignment_error_per_displacement)           \
  entry(quantized_weight_agreement)                 \
  entry(train_loss_correlation)                     \
  entry(test_loss_correlation)                      \
  entry(test_accuracy_correlation)                  \
  entry(inference_agreement)                        \
  entry(incorrect_inference_agreement)              \
  entry(mean_squared_logit_difference)              \
  entry(mean_absolute_logit_difference)             \
  entry(changed_weight_share)                       \
  entry(change_point_sequence_agreement_of_changed) \
  entry(quantized_weight_agreement_of_changed)      \
  entry(total_oscillations_a)                       \
  entry(total_oscillations_b)                       \
  entry(mask_mismatch_share)
// clang-format on

namespace steq {
namespace metrics {
#define STEQ_DECLARE(name) MetricRegistry::Entry name();
STEQ_METRICS(STEQ_DECLARE)
}  // namespace metrics

const MetricRegistry& metric_registry() {
#define STEQ_ENTRY(name) metrics::name(),
  static const MetricRegistry registry("metric", {STEQ_METRICS(STEQ_ENTRY)});
  return registry;
}

}  // namespace steq

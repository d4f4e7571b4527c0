// SPDX-License-Identifier: MIT
#include "records/comparison_json.hpp"

#include "sim/metrics/disagreement.hpp"
#include "sim/metrics/first_divergence.hpp"
#include "sim/metrics/registry.hpp"

namespace steq {

Json metrics_json(const Comparison& comparison) {
  Json metrics = Json::object();
  for (const auto& metric : metric_registry().entries()) {
    const std::optional<double> value = metric.make(comparison);
    metrics[metric.info.name] = value ? to_json(*value) : Json(nullptr);
  }
  return metrics;
}

Json comparison_json(const LearnerTrace& a, const LearnerTrace& b, const WeightMap& map) {
  return {{"weights", weight_count(a)},
          {"metrics", metrics_json(Comparison(a, b, map))},
          {"first_divergence", divergence_json(a, b)}};
}

Json divergence_json(const LearnerTrace& a, const LearnerTrace& b) {
  if (!comparable_levels(a, b)) return nullptr;
  const auto first = first_divergence(a, b);
  if (!first) return nullptr;
  return {{"step", first->step},
          {"tensor", first->tensor},
          {"weight", first->weight},
          {"level_a", first->level_a},
          {"level_b", first->level_b}};
}

}  // namespace steq

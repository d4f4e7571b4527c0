// SPDX-License-Identifier: MIT
#include "experiments/diff/metric_diff.hpp"

#include <algorithm>
#include <cmath>

#include "sim/metrics/registry.hpp"

namespace steq {
namespace {

constexpr double kRounding = 1e-12;  // what computing a metric may itself be off

bool within(double value, const std::optional<double>& control, double perfect) {
  return control && std::abs(value - perfect) <= std::abs(*control - perfect);
}

}  // namespace

bool MetricDiff::is_perfect() const { return value && perfect && std::abs(*value - *perfect) <= kRounding; }

std::optional<bool> MetricDiff::beyond_floor() const {
  if (!value || !perfect) return std::nullopt;
  if (is_perfect() || within(*value, rounding, *perfect) || within(*value, one_ulp, *perfect)) return false;
  if (!jitter) return std::nullopt;
  return !within(*value, jitter, *perfect);
}

std::string MetricDiff::verdict() const {
  if (!perfect) return "";
  if (!value) return "undefined";
  if (is_perfect()) return "equal";
  if (within(*value, rounding, *perfect)) return "below the rounding floor";
  if (within(*value, jitter, *perfect)) return "below jitter";
  if (within(*value, one_ulp, *perfect)) return "below one-ulp";
  return jitter ? "above jitter" : "no control";
}

std::optional<double> perfect_value(const std::string& metric) {
  const auto is_a = [&](const char* word) { return metric.find(word) != metric.npos; };
  if (is_a("agreement") || is_a("correlation")) return 1;
  if (is_a("error") || is_a("difference") || is_a("mismatch")) return 0;
  return std::nullopt;
}

std::vector<MetricDiff> metric_diffs(const Comparison& comparison, const std::vector<Control>& controls) {
  std::vector<MetricDiff> metrics;
  for (const auto& entry : metric_registry().entries()) {
    MetricDiff metric{
        .name = entry.info.name, .value = entry.make(comparison), .perfect = perfect_value(entry.info.name)};
    if (metric.perfect) {
      metric.rounding = farthest(controls, PairKind::rounding, metric.name, *metric.perfect);
      metric.one_ulp = farthest(controls, PairKind::one_ulp, metric.name, *metric.perfect);
      metric.jitter = farthest(controls, PairKind::jitter, metric.name, *metric.perfect);
    }
    metrics.push_back(std::move(metric));
  }
  return metrics;
}

}  // namespace steq

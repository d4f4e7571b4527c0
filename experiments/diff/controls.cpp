// SPDX-License-Identifier: MIT
#include "experiments/diff/controls.hpp"

#include <algorithm>
#include <cmath>

namespace steq {
namespace {

void add_controls(const StoredRun& run, const char* label, const std::string& kind, std::vector<Control>& controls) {
  const Json& summary = run.summary();
  if (!summary.is_object() || !summary.contains("comparisons") || !summary["comparisons"].is_array()) return;
  for (const Json& c : summary["comparisons"])
    if (c.is_object() && c.value("kind", Json()) == kind && c.contains("metrics") && c["metrics"].is_object())
      controls.push_back({label, c.value("a", ""), c.value("b", ""), kind, c["metrics"],
                          c.contains("first_divergence") && !c["first_divergence"].is_null()});
}

}  // namespace

std::vector<Control> controls_of(const RunPair& runs, const std::pair<std::string, std::string>& learners) {
  std::vector<Control> controls;
  for (const char* kind : {"identical", "one-ulp", "jitter"}) {
    std::vector<Control> all, own;
    add_controls(runs.a, "A", kind, all);
    if (!runs.same_directory) add_controls(runs.b, "B", kind, all);
    std::ranges::copy_if(all, std::back_inserter(own), [&](const Control& c) {
      return c.run == "A" ? c.a == learners.first || (runs.same_directory && c.a == learners.second)
                          : c.a == learners.second;
    });
    for (Control& control : own.empty() ? all : own) controls.push_back(std::move(control));
  }
  return controls;
}

std::optional<double> farthest(const std::vector<Control>& controls, const std::string& kind, const std::string& metric,
                               double perfect) {
  std::optional<double> found;
  for (const Control& control : controls) {
    if (control.kind != kind || !control.metrics.contains(metric) || !control.metrics[metric].is_number()) continue;
    const double value = control.metrics[metric].get<double>();
    if (!found || std::abs(value - perfect) > std::abs(*found - perfect)) found = value;
  }
  return found;
}

}  // namespace steq

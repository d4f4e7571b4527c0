// SPDX-License-Identifier: MIT
#include "experiments/diff/controls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/diff/pair_watching.hpp"
#include "records/comparison_json.hpp"
#include "records/stored_learner.hpp"

namespace steq {
namespace {

Json measured(const StoredRun& run_a, const std::string& a, const StoredRun& run_b, const std::string& b,
              const Watching& pair) {
  try {
    const Watching watching = control_watching(run_a, a, run_b, b, pair);
    const StoredLearner learner_a(run_a, a, watching), learner_b(run_b, b, watching);
    return comparison_json(learner_a.trace(), learner_b.trace(), identity_map);
  } catch (const DomainError& error) {
    throw InputError(fmt::format("{} of {}, {} of {}", a, run_a.directory().string(), b, run_b.directory().string()),
                     fmt::format("cannot be compared: {}", error.what()));
  }
}

Control control(const std::string& run, const Json& pair, const Json& numbers) {
  return {run,
          pair["a"],
          pair["b"],
          *pair_kind(pair["kind"]),
          numbers["metrics"],
          numbers.contains("first_divergence") && !numbers["first_divergence"].is_null()};
}

/// What is stored is of all weights.
bool is_stored(const Json& pair, const Watching& watching) { return watching.whole() && pair.contains("metrics"); }

void add_controls(const StoredRun& run, const char* label, const Watching& watching, std::vector<Control>& controls) {
  for (const Json& pair : run.comparisons())
    if (is_control(*pair_kind(pair["kind"])))
      controls.push_back(
          control(label, pair, is_stored(pair, watching) ? pair : measured(run, pair["a"], run, pair["b"], watching)));
}

}  // namespace

std::vector<Control> controls_of(const RunPair& runs, const Watching& watching) {
  std::vector<Control> controls;
  add_controls(runs.a, "A", watching, controls);
  if (!runs.same_directory) add_controls(runs.b, "B", watching, controls);
  for (const auto& [kind, a, b] : runs.across)
    controls.push_back(
        control("A and B", {{"a", a}, {"b", b}, {"kind", to_text(kind)}}, measured(runs.a, a, runs.b, b, watching)));
  return controls;
}

std::vector<Control> controls_for(const std::pair<std::string, std::string>& learners, const RunPair& runs,
                                  const std::vector<Control>& controls) {
  const auto takes_part = [&](const Control& c) {
    const auto is_one = [&](const std::string& name) { return c.a == name || c.b == name; };
    return (c.run != "B" && is_one(learners.first)) ||
           ((c.run != "A" || runs.same_directory) && is_one(learners.second));
  };
  std::vector<Control> chosen;
  for (const PairKind kind : pair_kinds()) {
    std::vector<Control> all, own;
    std::ranges::copy_if(controls, std::back_inserter(all), [&](const Control& c) { return c.kind == kind; });
    std::ranges::copy_if(all, std::back_inserter(own), takes_part);
    for (Control& c : own.empty() ? all : own) chosen.push_back(std::move(c));
  }
  return chosen;
}

bool has(const std::vector<Control>& controls, PairKind kind) {
  return std::ranges::find(controls, kind, &Control::kind) != controls.end();
}

std::optional<double> farthest(const std::vector<Control>& controls, PairKind kind, const std::string& metric,
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

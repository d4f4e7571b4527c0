// SPDX-License-Identifier: MIT
#include "experiments/diff/pair_diff.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/config/pair_role.hpp"
#include "experiments/config/weight_map.hpp"
#include "experiments/diff/pair_watching.hpp"
#include "records/comparison_json.hpp"
#include "records/watching_text.hpp"
#include "records/window_comparison.hpp"

namespace steq {
namespace {

/// M, where the run of both declares it. Learners of two runs have no common start, without which M tells nothing.
std::optional<WeightMap> mapping(const RunPair& runs, const std::string& a, const std::string& b) {
  if (!runs.same_directory || a == b || !runs.a.config().is_object()) return std::nullopt;
  const ExperimentConfig config = read_config(runs.a.config(), runs.a.place("config.json"));
  if (!role_of(config, a, b).mapped) return std::nullopt;
  return weight_map(config, a, b);
}

Json last(const std::vector<double>& series) { return series.empty() ? Json(nullptr) : to_json(series.back()); }

/// As the run's summary says, else as its history ends.
Json end_value(const ComparedLearner& learner, const char* key, const std::vector<double>& series) {
  const Json& summary = learner.run().summary();
  const Json::json_pointer place = Json::json_pointer() / "learners" / learner.trace().name / key;
  return summary.contains(place) && summary[place].is_primitive() ? summary[place] : last(series);
}

Json count_json(const std::optional<std::size_t>& count) { return count ? Json(*count) : Json(nullptr); }

std::vector<EndValue> end_values(const ComparedLearner& a, const ComparedLearner& b) {
  const auto value = [&](const char* key, std::vector<double> LearnerTrace::*series) {
    return EndValue{key, end_value(a, key, a.trace().*series), end_value(b, key, b.trace().*series)};
  };
  return {value("test_accuracy", &LearnerTrace::test_accuracy),
          value("test_loss", &LearnerTrace::test_loss),
          value("train_loss", &LearnerTrace::train_loss),
          {"change_points", a.change_points(), b.change_points()},
          {"change_points_of_grid", count_json(a.changes_of_grid()), count_json(b.changes_of_grid())}};
}

std::vector<std::string> untold_of(const ComparedLearner& a, const ComparedLearner& b) {
  std::vector<std::string> runs;
  if (!a.steps()) runs.emplace_back("A");
  if (!b.steps()) runs.emplace_back("B");
  return runs;
}

/// Of what is compared.
Step steps_of(const ComparedLearner& a, const ComparedLearner& b, const std::optional<CommonEnd>& until) {
  if (until) return until->step;
  return std::max({a.steps().value_or(0), b.steps().value_or(0), a.last_change(), b.last_change()});
}

void add_windows(PairDiff& diff, const RunPair& runs, const std::vector<Window>& windows) {
  diff.windows = window_comparisons(runs.a, diff.a, runs.b, diff.b, windows);
  if (diff.windows.empty()) return;
  const auto agree = [](const Json& window) { return window["first_divergence"].is_null(); };
  diff.parts.push_back({"levels in windows", std::ranges::all_of(diff.windows, agree)});
}

}  // namespace

std::optional<double> EndValue::difference() const {
  if (!a.is_number() || !b.is_number()) return std::nullopt;
  return b.get<double>() - a.get<double>();
}

bool PairDiff::same() const {
  return !until && std::ranges::none_of(parts, [](const SamePart& part) { return part.same == false; });
}

std::string PairDiff::name() const { return a == b ? a : a + " / " + b; }

PairDiff pair_diff(const RunPair& runs, const std::pair<std::string, std::string>& learners,
                   const std::vector<Control>& controls) {
  const auto& [name_a, name_b] = learners;
  const Watching watching = pair_watching(runs.a, name_a, runs.b, name_b);
  ComparedLearner a(runs.a, name_a, watching), b(runs.b, name_b, watching);
  a.adopt_tensors(b);
  b.adopt_tensors(a);
  b.align_with(
      a, fmt::format("{} of {}, {} of {}", name_a, runs.a.directory().string(), name_b, runs.b.directory().string()));
  const std::optional<CommonEnd> until = common_end(a, b);
  if (until) a.cut_off(until->step), b.cut_off(until->step);
  const std::optional<WeightMap> map = mapping(runs, name_a, name_b);
  PairDiff diff{.a = name_a,
                .b = name_b,
                .map = map ? "M" : "identity",
                .until = until,
                .shares_levels = share_levels(a, b),
                .untold = untold_of(a, b),
                .settings = learner_differences(runs.a.any_config(), name_a, runs.b.any_config(), name_b),
                .parts = same_parts(a, b),
                .end = end_values(a, b),
                .controls = controls_for(learners, runs, watching.whole() ? controls : controls_of(runs, watching)),
                .metrics = {},
                .undefined = {},
                .divergence = divergence(a, b, steps_of(a, b, until)),
                .watched = watching_text(runs.a, name_a, watching)};
  if (!watching.windows.empty() && share_levels(a, b)) add_windows(diff, runs, watching.windows);
  diff.metrics = metric_diffs(Comparison(a.trace(), b.trace(), map.value_or(identity_map)), diff.controls);
  std::vector<std::string> undefined;
  for (const MetricDiff& metric : diff.metrics)
    if (!metric.value) undefined.push_back(metric.name);
  diff.undefined = undefined_metrics(undefined, a.whole(), b.whole());
  return diff;
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "experiments/diff/pair_diff.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/config/pair_role.hpp"
#include "experiments/training/learner_setups.hpp"

namespace steq {
namespace {

double identity(const Grid&, double w) { return w; }

/// M, where the run of both declares it. Learners of two runs have no common start, without which M tells nothing.
std::optional<WeightMap> mapping(const RunPair& runs, const std::string& a, const std::string& b) {
  if (!runs.same_directory || a == b || !runs.a.config().is_object()) return std::nullopt;
  const ExperimentConfig config = read_config(runs.a.config(), (runs.a.directory() / "config.json").string());
  if (!role_of(config, a, b).mapped) return std::nullopt;
  return config.precision == "double" ? weight_map<double>(config, a, b) : weight_map<float>(config, a, b);
}

Json last(const std::vector<double>& series) { return series.empty() ? Json(nullptr) : to_json(series.back()); }

/// As the run's summary says, else as its history ends.
Json end_value(const ComparedLearner& learner, const char* key, const std::vector<double>& series) {
  const Json& summary = learner.run().summary();
  const Json::json_pointer place = Json::json_pointer() / "learners" / learner.trace().name / key;
  return summary.contains(place) && summary[place].is_primitive() ? summary[place] : last(series);
}

std::vector<EndValue> end_values(const ComparedLearner& a, const ComparedLearner& b) {
  const auto value = [&](const char* key, std::vector<double> LearnerTrace::*series) {
    return EndValue{key, end_value(a, key, a.trace().*series), end_value(b, key, b.trace().*series)};
  };
  return {value("test_accuracy", &LearnerTrace::test_accuracy),
          value("test_loss", &LearnerTrace::test_loss),
          value("train_loss", &LearnerTrace::train_loss),
          {"change_points", a.change_points(), b.change_points()}};
}

Step steps_of(const RunPair& runs, const ComparedLearner& a, const ComparedLearner& b) {
  const Step known = std::max(runs.a.known_steps().value_or(0), runs.b.known_steps().value_or(0));
  return std::max({runs.until.value_or(known), a.last_change(), b.last_change()});
}

}  // namespace

std::optional<double> EndValue::difference() const {
  if (!a.is_number() || !b.is_number()) return std::nullopt;
  return b.get<double>() - a.get<double>();
}

bool PairDiff::same() const {
  return std::ranges::none_of(parts, [](const SamePart& part) { return part.same == false; });
}

std::string PairDiff::name() const { return a == b ? a : a + " / " + b; }

PairDiff pair_diff(const RunPair& runs, const std::pair<std::string, std::string>& learners) {
  const auto& [name_a, name_b] = learners;
  const ComparedLearner a(runs.a, name_a, runs.until);
  ComparedLearner b(runs.b, name_b, runs.until);
  b.align_with(
      a, fmt::format("{} of {}, {} of {}", name_a, runs.a.directory().string(), name_b, runs.b.directory().string()));
  const std::vector<Control> controls = controls_of(runs, learners);
  const std::optional<WeightMap> map = mapping(runs, name_a, name_b);
  return {.a = name_a,
          .b = name_b,
          .map = map ? "M" : "identity",
          .settings = learner_differences(runs.a.config(), name_a, runs.b.config(), name_b),
          .parts = same_parts(a, b),
          .end = end_values(a, b),
          .controls = controls,
          .metrics = metric_diffs(Comparison(a.trace(), b.trace(), map.value_or(identity)), controls),
          .divergence = parting(a, b, steps_of(runs, a, b))};
}

}  // namespace steq

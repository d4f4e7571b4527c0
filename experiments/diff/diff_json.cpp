// SPDX-License-Identifier: MIT
#include "experiments/diff/diff_json.hpp"

#include <algorithm>

namespace steq {
namespace {

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json or_null(const std::optional<double>& value) { return value ? to_json(*value) : Json(nullptr); }

Json run_json(const RunLabel& run) {
  return {{"directory", run.directory},
          {"name", run.name},
          {"status", run.status.empty() ? Json(nullptr) : Json(run.status)},
          {"steps", or_null(run.steps)}};
}

/// A run that has no such setting has no such key.
Json settings_json(const SettingDifferences& differences) {
  Json list = Json::array();
  for (const SettingDifference& difference : differences) {
    Json& entry = list.emplace_back(Json{{"path", difference.path}});
    if (difference.a) entry["a"] = *difference.a;
    if (difference.b) entry["b"] = *difference.b;
  }
  return list;
}

/// The records for want of which a metric is undefined; empty where that is not why.
Json missing_json(const PairDiff& pair, const MetricDiff& metric) {
  for (const UndefinedMetrics& undefined : pair.undefined)
    if (std::ranges::find(undefined.metrics, metric.name) != undefined.metrics.end())
      return {{"a", undefined.missing_a}, {"b", undefined.missing_b}};
  return {{"a", Json::array()}, {"b", Json::array()}};
}

Json metrics_json(const PairDiff& pair) {
  Json document = Json::object();
  for (const MetricDiff& metric : pair.metrics)
    document[metric.name] = {{"value", or_null(metric.value)},
                             {"missing", missing_json(pair, metric)},
                             {"perfect", or_null(metric.perfect)},
                             {"rounding", or_null(metric.rounding)},
                             {"one_ulp", or_null(metric.one_ulp)},
                             {"jitter", or_null(metric.jitter)},
                             {"beyond_floor", or_null(metric.beyond_floor())},
                             {"verdict", metric.verdict().empty() ? Json(nullptr) : Json(metric.verdict())}};
  return document;
}

Json after_json(const AfterDivergence& after) {
  return {{"together_again", or_null(after.together)}, {"apart_for_good", or_null(after.apart_for_good)}};
}

Json first_divergence_json(const FirstDivergence& first) {
  return {{"step", first.step},
          {"tensor", first.tensor},
          {"weight", first.weight},
          {"level_a", first.level_a},
          {"level_b", first.level_b}};
}

Json divergence_json(const Divergence& divergence) {
  Json json = first_divergence_json(divergence.first);
  json["threshold_distance"] = nullptr;
  if (const auto& latent = divergence.latent)
    json["threshold_distance"] = {{"step", latent->step}, {"a", to_json(latent->a)}, {"b", to_json(latent->b)}};
  json["this_weight"] = after_json(divergence.weight);
  Json& all = json["all_weights"] = after_json(divergence.network);
  all["weights"] = divergence.weights;
  all["apart_at_end"] = divergence.apart_at_end;
  all["most_apart"] = divergence.most_apart;
  all["most_apart_step"] = divergence.most_apart_step;
  return json;
}

Json pair_json(const PairDiff& pair) {
  Json identical = Json::object(), end = Json::object(), controls = Json::array();
  for (const SamePart& part : pair.parts) identical[part.name] = or_null(part.same);
  for (const EndValue& value : pair.end)
    end[value.name] = {{"a", value.a}, {"b", value.b}, {"difference", or_null(value.difference())}};
  for (const Control& c : pair.controls)
    controls.push_back({{"run", c.run}, {"a", c.a}, {"b", c.b}, {"kind", to_text(c.kind)}, {"diverged", c.diverged}});
  return {{"a", pair.a},
          {"b", pair.b},
          {"same", pair.same()},
          {"map", pair.map},
          {"compared_until", pair.until ? Json(pair.until->step) : Json(nullptr)},
          {"watched", pair.watched.empty() ? Json(nullptr) : Json(pair.watched)},
          {"identical", identical},
          {"end", end},
          {"metrics", metrics_json(pair)},
          {"controls", controls},
          {"windows", pair.windows},
          {"first_divergence", pair.divergence ? divergence_json(*pair.divergence) : Json(nullptr)}};
}

Json first_json(const RunDiff& diff) {
  const PairDiff* pair = diff.first_to_part();
  if (!pair) return nullptr;
  Json json = first_divergence_json(pair->divergence->first);
  json["learner_a"] = pair->a;
  json["learner_b"] = pair->b;
  return json;
}

}  // namespace

Json diff_json(const RunDiff& diff) {
  Json pairs = Json::array();
  for (const PairDiff& pair : diff.pairs) pairs.push_back(pair_json(pair));
  return {{"schema", 1},
          {"same", diff.same()},
          {"verdict", verdict(diff)},
          {"a", run_json(diff.a)},
          {"b", run_json(diff.b)},
          {"compared_until", or_null(diff.until())},
          {"settings", settings_json(diff.settings)},
          {"build", settings_json(diff.build)},
          {"only_in_a", diff.only_a},
          {"only_in_b", diff.only_b},
          {"beyond_floor", diff.beyond_floor()},
          {"first_divergence", first_json(diff)},
          {"pairs", pairs}};
}

}  // namespace steq

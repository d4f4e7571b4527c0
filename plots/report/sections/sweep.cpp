// SPDX-License-Identifier: MIT
// Several runs side by side: the settings that differ, and what came out.
#include <fmt/format.h>

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "plots/tables/settings.hpp"

namespace steq {
namespace {

constexpr const char* kHeadlines[] = {"quantized_weight_agreement",
                                      "weight_alignment_error",
                                      "change_point_sequence_agreement",
                                      "changed_weight_share",
                                      "quantized_weight_agreement_of_changed",
                                      "inference_agreement"};

std::vector<Setting> settings_of(const Runs& runs) {
  std::vector<Json> configs;
  for (const auto& run : runs) configs.push_back(run->stored().config());
  return differing_settings(configs);
}

std::string metric_text(const Json& comparison, const std::string& metric) {
  if (comparison.is_null()) return "-";
  return number_text(comparison.at("metrics").value(metric, Json(nullptr)));
}

std::string accuracy_text(const ReportedRun& run, const char* side) {
  const Json& summary = run.stored().summary();
  if (run.main_pair().is_null() || !summary.is_object() || !summary.contains("learners")) return "-";
  return number_text(summary["learners"].at(run.main_pair().at(side)).value("test_accuracy", Json(nullptr)));
}

/// The comparison of the same two learners, or null.
const Json* same_pair(const ReportedRun& run, const Json& comparison) {
  for (const Json& other : run.comparisons())
    if (other.at("a") == comparison.at("a") && other.at("b") == comparison.at("b")) return &other;
  return nullptr;
}

std::string difference_text(const Json& a, const Json& b) {
  if (!a.is_number() || !b.is_number()) return "-";
  return number_text(b.get<double>() - a.get<double>());
}

}  // namespace

namespace sections {

std::optional<Section> sweep_table(const Runs& runs) {
  const std::vector<Setting> settings = settings_of(runs);
  Table table{.caption = "The runs: settings that differ, and their main pair", .header = {"run"}, .rows = {}};
  for (const Setting& setting : settings) table.header.push_back(setting.path);
  table.header.push_back("main pair");
  for (const char* column : {"test accuracy of a", "test accuracy of b"}) table.header.emplace_back(column);
  for (const char* metric : kHeadlines) table.header.emplace_back(metric);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Json& pair = runs[r]->main_pair();
    Row& row = table.rows.emplace_back(Row{runs[r]->label()});
    for (const Setting& setting : settings) row.push_back(setting.values[r]);
    row.push_back(pair.is_null() ? "-" : pair_name(pair));
    for (const char* side : {"a", "b"}) row.push_back(accuracy_text(*runs[r], side));
    for (const char* metric : kHeadlines) row.push_back(metric_text(pair, metric));
  }
  return Section{"runs", "The runs", html_table(table), {{"runs", table}}};
}

std::optional<Section> sweep_pair(const Runs& runs) {
  if (runs.size() != 2) return std::nullopt;
  Table table{.caption = "Every metric of the comparisons that both runs have",
              .header = {"metric", "comparison", runs[0]->label(), runs[1]->label(), "difference"},
              .rows = {}};
  for (const Json& first : runs[0]->comparisons())
    if (const Json* second = same_pair(*runs[1], first))
      for (const auto& [metric, value] : first.at("metrics").items())
        table.rows.push_back({metric, pair_name(first), number_text(value), metric_text(*second, metric),
                              difference_text(value, second->at("metrics").value(metric, Json(nullptr)))});
  if (table.rows.empty()) return std::nullopt;
  return Section{"pair", "Metric by metric", html_table(table), {{"pair", table}}};
}

}  // namespace sections
}  // namespace steq

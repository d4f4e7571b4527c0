// SPDX-License-Identifier: MIT
// Every metric of every comparison, with its definition.
#include "sim/metrics/registry.hpp"

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"

namespace steq {
namespace {

std::string first_divergence_text(const Json& comparison) {
  const Json& first = comparison.at("first_divergence");
  if (!first.is_null()) return "step " + std::to_string(first.at("step").get<Step>());
  return comparison.at("metrics").value("quantized_weight_agreement", Json(nullptr)).is_null() ? "undefined" : "never";
}

Table metrics_table(const Json& comparisons) {
  Table table{.caption = "All metrics", .header = {"metric"}, .rows = {{"map"}, {"first divergence"}}};
  for (const Json& comparison : comparisons) {
    table.header.push_back(pair_name(comparison));
    table.rows[0].push_back(comparison.at("map"));
    table.rows[1].push_back(first_divergence_text(comparison));
  }
  for (const auto& [metric, unused] : comparisons[0].at("metrics").items()) {
    Row& row = table.rows.emplace_back(Row{metric});
    for (const Json& comparison : comparisons)
      row.push_back(number_text(comparison.at("metrics").value(metric, Json(nullptr))));
  }
  return table;
}

std::string definitions() {
  std::string html = "<dl>\n";
  for (const auto& metric : metric_registry().entries()) {
    const PluginInfo& info = metric.info;
    html += "<dt>" + escaped(info.name) + "</dt><dd>" + escaped(info.summary);
    if (!info.formula.empty()) html += "<br><code>" + escaped(info.formula) + "</code>";
    if (!info.citation.empty()) html += "<br>" + escaped(info.citation);
    html += "</dd>\n";
  }
  return html + "</dl>\n";
}

}  // namespace

namespace sections {

std::optional<Section> metrics(const ReportedRun& run) {
  if (run.comparisons().empty()) return std::nullopt;
  const Table table = metrics_table(run.comparisons());
  return Section{
      "metrics", "Metrics", html_table(table) + folded("What each metric is", definitions()), {{"metrics", table}}};
}

}  // namespace sections
}  // namespace steq

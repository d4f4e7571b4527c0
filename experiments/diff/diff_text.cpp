// SPDX-License-Identifier: MIT
#include "experiments/diff/diff_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/diff/divergence_text.hpp"
#include "experiments/diff/extent_text.hpp"
#include "plots/tables/text_table.hpp"
#include "plots/tables/window_table.hpp"
#include "plots/tables/wrapped.hpp"

namespace steq {
namespace {

std::string run_text(const char* side, const RunLabel& run) {
  std::string text = fmt::format("{}   {}", side, run.directory);
  if (run.steps) text += fmt::format(", {} steps", *run.steps);
  if (!run.status.empty() && run.status != "complete") text += ", " + run.status;
  return text + "\n";
}

std::string identical_text(const RunDiff& diff) {
  std::vector<std::string> names;
  for (const PairDiff& pair : diff.pairs)
    if (pair.same()) names.push_back(pair.name());
  return names.empty() || diff.same() ? "" : wrapped("", "Identical learners: " + join(names), 0);
}

std::string only_text(const char* side, const std::vector<std::string>& names) {
  return names.empty() ? "" : wrapped("", fmt::format("Only in {}: {}", side, join(names)), 0);
}

std::string settings_text(const char* title, const SettingDifferences& differences) {
  if (differences.empty()) return "";
  const auto cell = [](const std::optional<Json>& value) { return value ? shown(*value) : "-"; };
  std::vector<Row> rows{{title, "A", "B"}};
  for (const SettingDifference& d : differences) rows.push_back({d.path, cell(d.a), cell(d.b)});
  return "\n" + aligned(rows);
}

std::string ends_text(const RunDiff& diff) {
  std::vector<Row> rows{{"at the end", "", "A", "B", "B - A"}};
  const auto cell = [](const Json& value) { return value.is_null() ? "-" : number_text(value); };
  for (const PairDiff& pair : diff.pairs)
    for (const EndValue& value : pair.end)
      if (const auto difference = value.difference(); difference != 0.0 && !(value.a.is_null() && value.b.is_null()))
        rows.push_back(
            {pair.name(), value.name, cell(value.a), cell(value.b), difference ? number_text(*difference) : "-"});
  return rows.size() == 1 ? "" : "\n" + aligned(rows);
}

/// A control and where a metric has its value.
struct ControlColumn {
  PairKind kind;
  std::optional<double> MetricDiff::*value;
  const char* title;
};

constexpr ControlColumn kControlColumns[] = {{PairKind::rounding, &MetricDiff::rounding, "rounding"},
                                             {PairKind::one_ulp, &MetricDiff::one_ulp, "start one ulp off"},
                                             {PairKind::jitter, &MetricDiff::jitter, "jitter"}};

std::string metrics_text(const PairDiff& pair) {
  const auto cell = [](const std::optional<double>& value) { return value ? number_text(*value) : "-"; };
  std::vector<Row> rows{{pair.name() + (pair.map == "M" ? ", weights mapped by M" : ""), "A against B"}};
  for (const ControlColumn& column : kControlColumns)
    if (has(pair.controls, column.kind)) rows[0].push_back(column.title);
  rows[0].push_back("verdict");
  for (const MetricDiff& m : pair.metrics) {
    if (!m.value || m.is_perfect()) continue;
    Row& row = rows.emplace_back(Row{m.name, cell(m.value)});
    for (const ControlColumn& column : kControlColumns)
      if (has(pair.controls, column.kind)) row.push_back(cell(m.*column.value));
    row.push_back(m.perfect ? m.verdict() : "-");
  }
  return "\n" + aligned(rows);
}

std::string undefined_text(const PairDiff& pair) {
  std::string text;
  for (const UndefinedMetrics& undefined : pair.undefined) text += wrapped("", to_text(undefined, "A", "B"), 0);
  return text;
}

std::string controls_text(const PairDiff& pair) {
  std::vector<std::string> names;
  for (const Control& c : pair.controls)
    if (c.kind != PairKind::identical)
      names.push_back(fmt::format("{} ({} / {} of {})", to_text(c.kind), c.a, c.b, c.run));
  return names.empty() ? "" : wrapped("", "Controls: " + join(names), 0);
}

std::string parts_text(const PairDiff& pair) {
  std::vector<std::string> same, missing;
  for (const SamePart& part : pair.parts) {
    if (part.same == true) same.push_back(part.name);
    if (!part.same) missing.push_back(part.name);
  }
  std::string text;
  if (!same.empty()) text += wrapped("", "Identical: " + join(same), 0);
  if (!missing.empty()) text += wrapped("", "Not recorded in both: " + join(missing), 0);
  return text;
}

std::string windows_text(const PairDiff& pair) {
  if (pair.windows.empty()) return "";
  const Table table = window_table(pair.windows, "A", "B");
  std::vector<Row> rows{table.header};
  rows.insert(rows.end(), table.rows.begin(), table.rows.end());
  return "\n" + aligned(rows);
}

std::string pair_text(const PairDiff& pair) {
  return metrics_text(pair) + undefined_text(pair) + controls_text(pair) + parts_text(pair) +
         (pair.divergence ? divergence_text(*pair.divergence) : "") + windows_text(pair);
}

}  // namespace

std::string diff_text(const RunDiff& diff) {
  std::string text = wrapped("", verdict(diff), 0) + "\n" + run_text("A", diff.a) + run_text("B", diff.b);
  text += only_text("A", diff.only_a) + only_text("B", diff.only_b) + extent_text(diff) + identical_text(diff);
  text += settings_text("settings that differ", diff.settings) + settings_text("made by", diff.build);
  if (diff.same()) return text;
  text += ends_text(diff);
  for (const PairDiff& pair : diff.pairs)
    if (!pair.same()) text += pair_text(pair);
  return text;
}

}  // namespace steq

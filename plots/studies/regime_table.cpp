// SPDX-License-Identifier: MIT
#include "plots/studies/regime_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/figures/run_styles.hpp"
#include "plots/studies/study_values.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

/// Median, low and high; three gaps where there is nothing.
void add_cells(Row& row, const Json& study, const std::string& pair, const char* value) {
  const auto spread = spread_of(values_of(study, pair, value));
  const double nan = std::nan("");
  const Spread shown = spread.value_or(Spread{nan, nan, nan});
  for (const double number : {shown.median, shown.low, shown.high}) row.push_back(cell(number));
}

Json config_of(const Json& study, const Json& variant) {
  for (const Json& v : study["variants"])
    if (v["name"] == variant) return v["config"];
  return nullptr;
}

/// That of the learner's role, where no earlier partner has it.
int line_type_for(const Json& study, const Json& measurement, const std::vector<Partner>& earlier) {
  const bool plain_ste = is_plain_ste(config_of(study, measurement["variant"]), measurement["b"]);
  const auto role = role_of(measurement["kind"], plain_ste);
  if (role && std::ranges::find(earlier, line_type(*role), &Partner::line_type) == earlier.end())
    return line_type(*role);
  return free_line_type(earlier.size());
}

}  // namespace

std::vector<Column> columns_of(const Json& study) {
  std::vector<Column> columns;
  for (const Json& variant : study["variants"]) {
    const Json* x = at_path(variant["config"], study["figure"]["x"]);
    const Json* by = at_path(variant["config"], study["figure"]["by"]);
    if (!x || !by || !x->is_number()) continue;
    const std::string title = by->is_string() ? by->get<std::string>() : by->dump();
    auto column = std::ranges::find(columns, title, &Column::title);
    if (column == columns.end()) column = columns.insert(columns.end(), {title, {}});
    column->points.emplace_back(x->get<double>(), variant["name"]);
  }
  for (Column& column : columns) std::ranges::sort(column.points);
  return columns;
}

std::vector<Partner> partners_of(const Json& study) {
  std::vector<Partner> partners;
  for (const Json& m : study["measurements"]) {
    Partner partner{m["a"], m["b"], m["kind"]};
    const auto same = [&](const Partner& p) { return p.a == partner.a && p.b == partner.b; };
    if (partner.kind == "identical" || std::ranges::any_of(partners, same)) continue;
    partner.line_type = line_type_for(study, m, partners);
    partners.push_back(std::move(partner));
  }
  return partners;
}

Table table_of(const Json& study, const Column& column, const std::vector<Partner>& partners) {
  Table table{.caption = "", .header = {study["figure"]["x"]}, .rows = {}};
  const auto head = [&](const std::string& name) {
    for (const char* which : {"", " (lowest)", " (highest)"}) table.header.push_back(name + which);
  };
  for (const Partner& partner : partners) {
    head(fmt::format("{} / {}: share on different levels", partner.a, partner.b));
    head(fmt::format("{}: test accuracy", partner.name()));
  }
  head(partners.front().a + ": test accuracy");
  head("share that ever changed level");
  for (const auto& [x, variant] : column.points) {
    Row& row = table.rows.emplace_back(1, cell(x));
    for (const Partner& partner : partners) {
      add_cells(row, study, partner.pair(variant), "different_levels");
      add_cells(row, study, partner.pair(variant), "test_accuracy_b");
    }
    add_cells(row, study, partners.front().pair(variant), "test_accuracy_a");
    add_cells(row, study, partners.front().pair(variant), "changed_weight_share");
  }
  return table;
}

double floor_of(const Json& study) {
  double smallest = 1;
  for (const Json& m : study["measurements"])
    if (const Json value = m["values"].value("different_levels", Json()); value.is_number() && value.get<double>() > 0)
      smallest = std::min(smallest, value.get<double>());
  return std::pow(10, std::floor(std::log10(smallest)) - 0.5);
}

}  // namespace steq::figures

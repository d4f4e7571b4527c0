// SPDX-License-Identifier: MIT
#include "plots/studies/regime_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/figures/numbers.hpp"
#include "plots/studies/study_values.hpp"

namespace steq::figures {
namespace {

/// Median, low and high; three gaps where there is nothing.
void add_cells(Row& row, const Json& study, const std::string& pair, const char* value) {
  const auto spread = spread_of(values_of(study, pair, value));
  const double nan = std::nan("");
  const Spread shown = spread.value_or(Spread{nan, nan, nan});
  for (const double number : {shown.median, shown.low, shown.high}) row.push_back(cell(number));
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
  for (const Json& m : study["measurements"])
    if (m["kind"] != "identical" &&
        std::ranges::find(partners, m["b"].get<std::string>(), &Partner::b) == partners.end())
      partners.push_back({m["a"], m["b"], m["kind"]});
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

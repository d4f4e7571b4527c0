// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "plots/figures/figure.hpp"
#include "plots/figures/grid_history.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

Table series_table(const std::vector<GridSeries>& all, const std::string& unit) {
  Table table{.caption = "", .header = {unit}, .rows = {}};
  std::set<int> times;
  for (const GridSeries& series : all) {
    table.header.push_back(series.parameter + " of " + series.owner);
    for (const auto& [time, value] : series.values) times.insert(time);
  }
  for (const int time : times) {
    Row& row = table.rows.emplace_back(1, cell(time));
    for (const GridSeries& series : all) {
      const auto found = series.values.find(time);
      row.push_back(found == series.values.end() ? "" : cell(found->second));
    }
  }
  return table;
}

std::vector<std::string> parameters_of(const std::vector<GridSeries>& all) {
  std::vector<std::string> names;
  for (const GridSeries& series : all)
    if (std::ranges::find(names, series.parameter) == names.end()) names.push_back(series.parameter);
  return names;
}

/// Of several records, all the same.
bool stands(const GridSeries& series) {
  const auto differs = [&](const auto& entry) { return entry.second != series.values.begin()->second; };
  return series.values.size() > 1 && std::ranges::none_of(series.values, differs);
}

std::vector<std::string> owners_of(const std::vector<GridSeries>& all) {
  std::vector<std::string> names;
  for (const GridSeries& series : all)
    if (std::ranges::find(names, series.owner) == names.end()) names.push_back(series.owner);
  return names;
}

/// Every owner has the same line in all panels, and stands in the key of the first one even where it has no curve there.
std::string parameter_panel(const std::vector<GridSeries>& all, const std::vector<std::string>& owners,
                            const std::string& parameter, const char* style) {
  std::string text = fmt::format("set title {} noenhanced\n", quoted(parameter));
  for (std::size_t o = 0; o < owners.size(); ++o) {
    const auto own = [&](const GridSeries& series) {
      return series.parameter == parameter && series.owner == owners[o];
    };
    const auto found = std::ranges::find_if(all, own);
    const std::string column = found == all.end() ? "(NaN)" : fmt::format("{}", found - all.begin() + 2);
    text += fmt::format("{} data using 1:{} with {} lt {} title {} noenhanced", o ? ", \\\n " : "plot", column, style,
                        o + 1, quoted(owners[o]));
  }
  return text + "\nunset key\n";
}

std::string found_parameters(const std::vector<GridSeries>& all, const std::string& unit) {
  std::string text;
  for (const GridSeries& series : all)
    if (!series.values.empty())
      text +=
          fmt::format("{}{} of {}: {:.4g} after {} {}, {:.4g} after {} {}.", text.empty() ? "" : " ", series.parameter,
                      series.owner, series.values.begin()->second, unit, series.values.begin()->first,
                      series.values.rbegin()->second, unit, series.values.rbegin()->first);
  return text;
}

std::optional<Drawing> draw_grid_parameters(const StoredRun& run) {
  GridHistory history = grid_history(run);
  std::vector<GridSeries>& all = history.series;
  std::erase_if(all, stands);
  if (all.empty()) return std::nullopt;
  const std::vector<std::string> names = parameters_of(all);
  const int columns = std::min<int>(3, static_cast<int>(names.size()));
  const int rows = (static_cast<int>(names.size()) + columns - 1) / columns;
  Drawing drawing{
      .data = {{"", series_table(all, history.unit)}}, .commands = "", .alt = found_parameters(all, history.unit)};
  drawing.width = 110 + 370 * columns;
  const std::vector<std::string> owners = owners_of(all);
  const std::size_t rows_of_key = key_rows(owners, drawing.width);
  const int key = key_height(rows_of_key) + 12;
  drawing.height = 70 + key + 330 * rows;
  drawing.commands =
      multiplot({.rows = rows, .columns = columns, .width = drawing.width, .height = drawing.height, .key = key}) +
      shared_key(rows_of_key) + fmt::format("set xlabel \"{}\"\nset xrange [0:*]\n", history.unit);
  const char* style = history.unit == "epoch" ? "linespoints" : "lines";
  for (const std::string& name : names) drawing.commands += parameter_panel(all, owners, name, style);
  drawing.commands += "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure grid_parameters() {
  return {{.name = "grid-parameters",
           .title = "Grid parameters",
           .caption =
               "The numbers of every grid that moves, after each epoch, or in logs of other programs after each step "
               "at which one moved: learned by their gradient, fitted to the weights or their range, or set by a "
               "schedule; of many numbers of one name (rows) the median. Numbers that stand "
               "still are left out."},
          draw_grid_parameters};
}

}  // namespace steq::figures

// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "plots/figures/figure.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

using Json = nlohmann::ordered_json;

/// One number of one grid over the epochs.
struct Series {
  std::string parameter;  ///< "alpha"
  std::string owner;      ///< "qn: fc2.weight"
  std::map<int, double> values;
};

/// Of many numbers of one name the median stands for all.
double number_in(const Json& value) {
  if (value.is_number()) return value.get<double>();
  return value.is_object() && value.contains("median") && value["median"].is_number() ? value["median"].get<double>()
                                                                                      : std::nan("");
}

std::vector<Series> series_of(const StoredRun& run) {
  std::vector<Series> all;
  const auto series = [&](const std::string& parameter, const std::string& owner) -> Series& {
    const auto same = [&](const Series& s) { return s.parameter == parameter && s.owner == owner; };
    const auto found = std::ranges::find_if(all, same);
    return found != all.end() ? *found : all.emplace_back(Series{parameter, owner, {}});
  };
  for (const Json& entry : run.history()) {
    if (!entry.is_object() || !entry.contains("grid_parameters") || !entry.contains("epoch")) continue;
    for (const auto& [tensor, numbers] : entry["grid_parameters"].items())
      for (const auto& [name, value] : numbers.items())
        series(name, entry.value("learner", "") + ": " + tensor).values[entry["epoch"].get<int>()] = number_in(value);
  }
  return all;
}

Table series_table(const std::vector<Series>& all) {
  Table table{.caption = "", .header = {"epoch"}, .rows = {}};
  std::set<int> epochs;
  for (const Series& series : all) {
    table.header.push_back(series.parameter + " of " + series.owner);
    for (const auto& [epoch, value] : series.values) epochs.insert(epoch);
  }
  for (const int epoch : epochs) {
    Row& row = table.rows.emplace_back(1, cell(epoch));
    for (const Series& series : all) {
      const auto found = series.values.find(epoch);
      row.push_back(found == series.values.end() ? "" : cell(found->second));
    }
  }
  return table;
}

std::vector<std::string> parameters_of(const std::vector<Series>& all) {
  std::vector<std::string> names;
  for (const Series& series : all)
    if (std::ranges::find(names, series.parameter) == names.end()) names.push_back(series.parameter);
  return names;
}

std::string parameter_panel(const std::vector<Series>& all, const std::string& parameter) {
  std::string text = fmt::format("set title {} noenhanced\n", quoted(parameter));
  int line = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].parameter == parameter) {
      text += fmt::format("{} data using 1:{} with linespoints lt {} title {} noenhanced", line ? ", \\\n " : "plot",
                          i + 2, line + 1, quoted(all[i].owner));
      ++line;
    }
  return text + "\n";
}

std::string found_parameters(const std::vector<Series>& all) {
  std::string text;
  for (const Series& series : all)
    if (!series.values.empty())
      text += fmt::format("{}{} of {}: {:.4g} after epoch {}, {:.4g} after epoch {}.", text.empty() ? "" : " ",
                          series.parameter, series.owner, series.values.begin()->second, series.values.begin()->first,
                          series.values.rbegin()->second, series.values.rbegin()->first);
  return text;
}

std::optional<Drawing> draw_grid_parameters(const StoredRun& run) {
  const std::vector<Series> all = series_of(run);
  if (all.empty()) return std::nullopt;
  const std::vector<std::string> names = parameters_of(all);
  const int columns = std::min<int>(3, static_cast<int>(names.size()));
  const int rows = (static_cast<int>(names.size()) + columns - 1) / columns;
  Drawing drawing{.data = {{"", series_table(all)}}, .commands = "", .alt = found_parameters(all)};
  drawing.width = 110 + 370 * columns;
  drawing.height = 70 + 330 * rows;
  drawing.commands = multiplot({.rows = rows, .columns = columns, .width = drawing.width, .height = drawing.height}) +
                     "set xlabel \"epoch\"\nset xrange [0:*]\nset key inside bottom right\n";
  for (const std::string& name : names) drawing.commands += parameter_panel(all, name);
  drawing.commands += "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure grid_parameters() {
  return {
      {.name = "grid-parameters",
       .title = "Grid parameters",
       .caption = "The numbers of every grid that moves, after each epoch: learned by their gradient, fitted to the "
                  "weights, or set by a schedule; of many numbers of one name (rows, thresholds) the median."},
      draw_grid_parameters};
}

}  // namespace steq::figures

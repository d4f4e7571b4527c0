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

constexpr int kKeyEntry = 220, kKeyRow = 20;  // pixels

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

/// Of several records, all the same.
bool stands(const Series& series) {
  const auto differs = [&](const auto& entry) { return entry.second != series.values.begin()->second; };
  return series.values.size() > 1 && std::ranges::none_of(series.values, differs);
}

std::vector<std::string> owners_of(const std::vector<Series>& all) {
  std::vector<std::string> names;
  for (const Series& series : all)
    if (std::ranges::find(names, series.owner) == names.end()) names.push_back(series.owner);
  return names;
}

/// Every owner has the same line in all panels, and stands in the key of the first one even where it has no curve there.
std::string parameter_panel(const std::vector<Series>& all, const std::vector<std::string>& owners,
                            const std::string& parameter) {
  std::string text = fmt::format("set title {} noenhanced\n", quoted(parameter));
  for (std::size_t o = 0; o < owners.size(); ++o) {
    const auto own = [&](const Series& series) { return series.parameter == parameter && series.owner == owners[o]; };
    const auto found = std::ranges::find_if(all, own);
    const std::string column = found == all.end() ? "(NaN)" : fmt::format("{}", found - all.begin() + 2);
    text += fmt::format("{} data using 1:{} with linespoints lt {} title {} noenhanced", o ? ", \\\n " : "plot", column,
                        o + 1, quoted(owners[o]));
  }
  return text + "\nunset key\n";
}

/// Above all panels.
std::string owners_key(std::size_t rows) {
  return fmt::format("set key at screen 0.5, screen 0.985 center top vertical maxrows {}\n", rows);
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
  std::vector<Series> all = series_of(run);
  std::erase_if(all, stands);
  if (all.empty()) return std::nullopt;
  const std::vector<std::string> names = parameters_of(all);
  const int columns = std::min<int>(3, static_cast<int>(names.size()));
  const int rows = (static_cast<int>(names.size()) + columns - 1) / columns;
  Drawing drawing{.data = {{"", series_table(all)}}, .commands = "", .alt = found_parameters(all)};
  drawing.width = 110 + 370 * columns;
  const std::vector<std::string> owners = owners_of(all);
  const std::size_t in_a_row = static_cast<std::size_t>(drawing.width / kKeyEntry);
  const std::size_t key_rows = (owners.size() + in_a_row - 1) / in_a_row;
  const int key = kKeyRow * static_cast<int>(key_rows) + 20;
  drawing.height = 70 + key + 330 * rows;
  drawing.commands =
      multiplot({.rows = rows, .columns = columns, .width = drawing.width, .height = drawing.height, .key = key}) +
      owners_key(key_rows) + "set xlabel \"epoch\"\nset xrange [0:*]\n";
  for (const std::string& name : names) drawing.commands += parameter_panel(all, owners, name);
  drawing.commands += "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure grid_parameters() {
  return {
      {.name = "grid-parameters",
       .title = "Grid parameters",
       .caption = "The numbers of every grid that moves, after each epoch: learned by their gradient, fitted to the "
                  "weights, or set by a schedule; of many numbers of one name (rows) the median. Numbers that stand "
                  "still are left out."},
      draw_grid_parameters};
}

}  // namespace steq::figures

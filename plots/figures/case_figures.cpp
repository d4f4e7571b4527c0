// SPDX-License-Identifier: MIT
#include "plots/figures/case_figures.hpp"

#include <fmt/format.h>

#include "plots/figures/draw_figures.hpp"
#include "plots/figures/numbers.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/read_csv.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

Json read_cases(const fs::path& run_directory) {
  const std::string file = (run_directory / "summary.json").string();
  return parse_json(read_file(file), file)["cases"];
}

/// The named columns of every case's table below each other, the case's number before them.
Table joined_tables(const fs::path& run_directory, const Json& cases, const std::vector<std::size_t>& columns,
                    const Row& header) {
  Table all{.caption = "", .header = header, .rows = {}};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto table = read_csv(run_directory / "tables" / (cases[i]["name"].get<std::string>() + ".csv"));
    if (!table) continue;
    for (const Row& row : table->rows) {
      Row& cells = all.rows.emplace_back(Row{cell(static_cast<double>(i)), cases[i]["name"]});
      for (const std::size_t column : columns) cells.push_back(row.at(column));
    }
  }
  return all;
}

/// gnuplot's word for `column` where the row belongs to that case, else a gap.
std::string of_case(std::size_t index, int column) { return fmt::format("($1=={} ? ${} : NaN)", index, column); }

std::string prediction_panel(const Json& c, std::size_t index) {
  return fmt::format(R"gnuplot(set title {} noenhanced
set xlabel {} noenhanced
set ylabel {} noenhanced
plot data using {}:4 with lines lt 1 title "predicted", \
  "" using {}:5 with points lt 2 title "measured"
unset key
)gnuplot",
                     quoted(c["name"]), quoted(c["axis"]), quoted(c["quantity"]), of_case(index, 3), of_case(index, 3));
}

std::string order_curve(const Json& c, std::size_t index) {
  const std::string name = c["name"];
  const int type = static_cast<int>(index % kLineTypes) + 1;
  return fmt::format("data using {}:4 with points lt {} notitle, \\\n  {:.9g} * x**{:.9g} with lines lt {} title {}",
                     of_case(index, 3), type, c["factor"].get<double>(), c["order"].get<double>(), type,
                     quoted(fmt::format("{}: {:.2f}", name, c["order"].get<double>())));
}

}  // namespace

void draw_predictions(const fs::path& run_directory) {
  const Json cases = read_cases(run_directory);
  const int count = static_cast<int>(cases.size()), columns = std::min(3, count),
            rows = (count + columns - 1) / columns;
  Drawing drawing{
      .data = {{"", joined_tables(run_directory, cases, {0, 1, 2}, {"number", "case", "x", "predicted", "measured"})}},
      .commands = "",
      .alt = "",
      .width = 400 * columns,
      .height = 80 + 290 * rows};
  drawing.commands = multiplot({.rows = rows,
                                .columns = columns,
                                .width = drawing.width,
                                .height = drawing.height,
                                .key = 48,
                                .left = 96,
                                .spacing_x = 104}) +
                     "set format y \"%.2g\"\n" + shared_key();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    drawing.commands += prediction_panel(cases[i], i);
    drawing.alt += fmt::format("{}{}: deviation {}.", i ? " " : "", cases[i]["name"].get<std::string>(),
                               number_text(cases[i]["deviation"]));
  }
  drawing.commands += "unset multiplot\n";
  draw_figure(run_directory / "figures",
              {.name = "predictions",
               .title = "Predictions",
               .caption = "Points were measured, "
                          "lines are closed forms; a panel for each case."},
              drawing);
}

void draw_orders(const fs::path& run_directory) {
  const Json cases = read_cases(run_directory);
  Drawing drawing{.data = {{"", joined_tables(run_directory, cases, {0, 2}, {"number", "case", "share", "error"})}},
                  .commands =
                      "set xlabel \"learning rate, share of the largest\"\nset ylabel \"mean error, bins\"\n"
                      "set logscale xy\nset format y \"10^{%T}\"\nset key outside right top vertical\nplot ",
                  .alt = "Fitted orders:",
                  .width = 860,
                  .height = 480};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    drawing.commands += (i ? ", \\\n  " : "") + order_curve(cases[i], i);
    drawing.alt += fmt::format(" {} {:.2f};", cases[i]["name"].get<std::string>(), cases[i]["order"].get<double>());
  }
  drawing.commands += "\n";
  drawing.alt.back() = '.';
  draw_figure(
      run_directory / "figures",
      {.name = "orders",
       .title = "Order of the error in the learning rate",
       .caption = "Mean error against learning rate (points, one a repeat), and the fitted power (line, with its "
                  "exponent)."},
      drawing);
}

}  // namespace steq

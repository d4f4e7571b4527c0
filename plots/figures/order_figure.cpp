// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "plots/figures/case_data.hpp"
#include "plots/figures/case_figures.hpp"
#include "plots/figures/draw_figures.hpp"
#include "plots/figures/line_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq {
namespace {

constexpr int kOrderWidth = 1140;

std::string interval_text(const Json& c) {
  return fmt::format("{:.2f} [{:.2f}, {:.2f}]", c["order"].get<double>(), c["low"].get<double>(),
                     c["high"].get<double>());
}

/// Number, case, order, the ends of its interval, what was expected.
Table fit_table(const Json& cases) {
  Table table{.caption = "", .header = {"number", "case", "order", "low", "high", "expected"}, .rows = {}};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Row& row = table.rows.emplace_back(Row{cell(static_cast<double>(i)), cases[i]["name"]});
    for (const char* key : {"order", "low", "high", "expected"}) row.push_back(cell(cases[i][key].get<double>()));
  }
  return table;
}

/// Cases beside each other: lines that lie on each other stay visible.
double shift(std::size_t index, std::size_t count) {
  return 1 + 0.012 * (static_cast<double>(index) - 0.5 * static_cast<double>(count - 1));
}

std::string error_panel(const Json& cases) {
  std::string text =
      "set xlabel \"learning rate, share of the largest\"\nset ylabel \"mean error, bins\"\nset logscale xy\n"
      "set format y \"10^{%T}\"\nset xrange [*:1.25]\nunset key\nplot ";
  for (std::size_t i = 0; i < cases.size(); ++i)
    text += fmt::format(
        "{}data using ({:.4g} * {}):4 with points lt {} ps 0.9, \\\n  {:.9g} * x**{:.9g} with lines lt {} lw 1.5",
        i ? ", \\\n  " : "", shift(i, cases.size()), of_case(i, 3), free_line_type(i), cases[i]["factor"].get<double>(),
        cases[i]["order"].get<double>(), free_line_type(i));
  return text + "\n";
}

/// One row a case, in the look of its line in the other panel.
std::string order_panel(const Json& cases) {
  std::string text = fmt::format(
      "unset logscale\nset format y \"%g\"\nset xrange [*:*]\nset xlabel \"fitted order, 95 % interval\"\nunset "
      "ylabel\n"
      "set offsets graph 0.06, graph 0.06\nset yrange [{}:-0.6]\nset ytics () noenhanced\n",
      static_cast<double>(cases.size()) - 0.4);
  for (std::size_t i = 0; i < cases.size(); ++i)
    text += fmt::format("set ytics add ({} {})\n",
                        quoted(fmt::format("{}: {}", cases[i]["name"].get<std::string>(), interval_text(cases[i]))), i);
  text += "plot data_fits using 6:1 with points pt 2 ps 1.4 lc rgb \"#999999\"";
  for (std::size_t i = 0; i < cases.size(); ++i)
    text += fmt::format(", \\\n  data_fits using {}:1:4:5 with xerrorbars lt {} lw 2.5 dt 1 ps 1.1", of_case(i, 3),
                        free_line_type(i));
  return text + "\n";
}

}  // namespace

void draw_orders(const std::filesystem::path& run_directory) {
  const Json cases = read_cases(run_directory);
  const int height = 150 + 34 * static_cast<int>(std::max<std::size_t>(cases.size(), 9));
  Drawing drawing{
      .data = {{"", joined_tables(run_directory, cases, {0, 2}, {"number", "case", "share", "error"})},
               {"fits", fit_table(cases)}},
      .commands = multiplot({.rows = 1, .columns = 2, .width = kOrderWidth, .height = height, .spacing_x = 320}) +
                  error_panel(cases) + order_panel(cases) + "unset multiplot\n",
      .alt = "Fitted orders with 95 % intervals:",
      .width = kOrderWidth,
      .height = height};
  for (const Json& c : cases) drawing.alt += fmt::format(" {} {};", c["name"].get<std::string>(), interval_text(c));
  drawing.alt.back() = '.';
  draw_figure(
      run_directory / "figures",
      {.name = "orders",
       .title = "Order of the error in the learning rate",
       .caption = "Left: mean error against learning rate (points, one a repeat; those of different cases stand "
                  "a little beside each other), and the fitted power (line). Right: its exponent with the 95 % "
                  "interval, in the colour and with the point of the same case; a grey cross is the exponent "
                  "that theory expects."},
      drawing);
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "plots/figures/case_figures.hpp"

#include <fmt/format.h>

#include "plots/figures/case_data.hpp"
#include "plots/figures/draw_figures.hpp"
#include "plots/figures/line_styles.hpp"
#include "plots/figures/style.hpp"

namespace steq {
namespace {

std::string prediction_panel(const Json& c, std::size_t index) {
  return fmt::format(R"gnuplot(set title {} noenhanced
set xlabel {} noenhanced
set ylabel {} noenhanced
plot data using {}:4 with lines lt {} title "predicted", \
  "" using {}:5 with points lt {} title "measured"
unset key
)gnuplot",
                     quoted(c["name"]), quoted(c["axis"]), quoted(c["quantity"]), of_case(index, 3), free_line_type(0),
                     of_case(index, 3), free_line_type(2));
}

}  // namespace

void draw_predictions(const std::filesystem::path& run_directory) {
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

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "plots/figures/bounds_figure.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "plots/figures/gnuplot.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

// Okabe-Ito colours, told apart by dashes too. Neither an error of 0 nor an infinite
// bound can stand on the axis.
constexpr const char* kHead = R"gnuplot(set datafile separator comma
set terminal svg size 760,420 font "sans,14" background "white"
set output "bounds.svg"
set title "Distance of the mapped weights, and above it the theorems' bound (wide, pale)"
set xlabel "step (optimizer updates)"
set ylabel "mean of |M(w) - w_{STE}|, in bins"
set logscale y
set format y "10^{%T}"
set key outside right top
set grid ytics lc rgb "#dddddd"
table = "../tables/bounds.csv"
above(x) = x > 0 && x < 1e300 ? x : NaN
)gnuplot";

struct Style {
  const char *colour, *dash;
};
constexpr Style kStyles[] = {{"0072b2", "1"}, {"d55e00", "2"}, {"009e73", "4"}, {"cc79a7", "3"}, {"56b4e9", "5"}};

/// Rows of the table that belong to one tensor of one pair.
struct Series {
  std::string pair, tensor;
  std::size_t first, last;  // 1 is the row below the header
  bool drawable;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  cells.resize(std::max<std::size_t>(cells.size(), 4));
  return cells;
}

std::vector<Series> read_series(const std::filesystem::path& table) {
  std::ifstream file(table);
  std::string line;
  if (!std::getline(file, line)) throw IoError(table.string(), "cannot be read");
  std::vector<Series> all;
  for (std::size_t row = 1; std::getline(file, line); ++row) {
    const std::vector<std::string> cells = cells_of(line);
    if (all.empty() || all.back().pair != cells[0] || all.back().tensor != cells[2])
      all.push_back({cells[0], cells[2], row, row, false});
    all.back().last = row;
    all.back().drawable |= std::atof(cells[3].c_str()) > 0;
  }
  return all;
}

/// In gnuplot's single quotes nothing but the quote itself is special.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

std::string curves(const Series& series, std::size_t style, const std::string& title) {
  const auto& [colour, dash] = kStyles[style % std::size(kStyles)];
  const std::string rows = fmt::format("every ::{}::{} with lines", series.first, series.last);
  return fmt::format("  table using 2:(above($5)) {} lw 5 lc rgb \"#a0{}\" notitle, \\\n", rows, colour) +
         fmt::format("  table using 2:(above($4)) {} lw 2 lc rgb \"#{}\" dt {} title {} noenhanced", rows, colour, dash,
                     quoted(title));
}

/// Empty where there is nothing to draw; gnuplot would fail.
std::string plot_command(const std::vector<Series>& all) {
  std::string command;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].drawable) continue;
    const bool one_pair = all.front().pair == all.back().pair;
    command += command.empty() ? "plot \\\n" : ", \\\n";
    command += curves(all[i], i, one_pair ? all[i].tensor : all[i].pair + ": " + all[i].tensor);
  }
  return command.empty() ? "" : command + "\n";
}

}  // namespace

std::optional<std::filesystem::path> draw_bounds(const std::filesystem::path& run_directory) {
  const std::string plot = plot_command(read_series(run_directory / "tables" / "bounds.csv"));
  if (plot.empty()) return std::nullopt;
  return run_gnuplot(run_directory / "figures", "bounds", kHead + plot);
}

}  // namespace steq

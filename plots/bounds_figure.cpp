// SPDX-License-Identifier: MIT
#include "plots/bounds_figure.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "plots/gnuplot.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

// Okabe-Ito colours, told apart by dashes too; a bound is the wide pale line of its tensor's colour. An error of 0
// cannot stand on a logarithmic axis.
constexpr const char* kHead = R"gnuplot(set datafile separator comma
set terminal svg size 760,420 font "sans,14" background "white"
set output "bounds.svg"
set title "Measured error of the map, below the bound that the theorems put on it"
set xlabel "step (optimizer updates)"
set ylabel "mean over the weights, in bins"
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
  std::size_t first, last;  // rows, 1 below the header
  bool has_error, has_bound;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  cells.resize(std::max<std::size_t>(cells.size(), 5));
  return cells;
}

bool drawable(const std::string& cell) {
  const double value = std::atof(cell.c_str());
  return value > 0 && value < 1e300;
}

std::vector<Series> read_series(const std::filesystem::path& table) {
  std::ifstream file(table);
  std::string line;
  if (!std::getline(file, line)) throw IoError(table.string(), "cannot be read");
  std::vector<Series> all;
  for (std::size_t row = 1; std::getline(file, line); ++row) {
    const std::vector<std::string> cells = cells_of(line);
    if (all.empty() || all.back().pair != cells[0] || all.back().tensor != cells[2])
      all.push_back({cells[0], cells[2], row, row, false, false});
    all.back().last = row;
    all.back().has_error |= drawable(cells[3]);
    all.back().has_bound |= drawable(cells[4]);
  }
  return all;
}

/// In gnuplot's single quotes nothing but the quote itself is special.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

std::string curve(const Series& series, int column, const std::string& look, const std::string& title) {
  return fmt::format("  table using 2:(above(${})) every ::{}::{} with lines {} title {} noenhanced", column,
                     series.first, series.last, look, quoted(title));
}

/// Empty where there is nothing to draw; gnuplot would fail.
std::string plot_command(const std::vector<Series>& all) {
  std::string command;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Series& series = all[i];
    const auto& [colour, dash] = kStyles[i % std::size(kStyles)];
    const std::string name =
        all.front().pair == all.back().pair ? series.tensor : fmt::format("{}: {}", series.pair, series.tensor);
    const auto add = [&](const std::string& text) { command += (command.empty() ? "plot \\\n" : ", \\\n") + text; };
    if (series.has_bound) add(curve(series, 5, fmt::format("lw 5 lc rgb \"#a0{}\"", colour), name + ", bound"));
    if (series.has_error)
      add(curve(series, 4, fmt::format("lw 2 lc rgb \"#{}\" dt {}", colour, dash), name + ", measured"));
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

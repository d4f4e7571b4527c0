// SPDX-License-Identifier: MIT
#include "plots/figures/disagreement_figure.hpp"

#include <fstream>
#include <string>

#include "plots/figures/gnuplot.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

// Okabe-Ito colours, told apart by dashes too; a share of 0 cannot stand on a logarithmic axis and leaves a gap.
constexpr const char* kScript = R"gnuplot(set datafile separator comma
set datafile missing "0"
set terminal svg size 760,420 font "sans,14" background "white"
set output "disagreement.svg"
set title "Weights on different levels (a pair that never parts has no line)"
set xlabel "step (optimizer updates)"
set ylabel "share of quantized weights"
set logscale y
set format y "10^{%T}"
set key outside right top
set grid ytics lc rgb "#dddddd"
set style line 1 lw 2 lc rgb "#0072b2" dt 1
set style line 2 lw 2 lc rgb "#d55e00" dt 2
set style line 3 lw 2 lc rgb "#009e73" dt 4
set style line 4 lw 2 lc rgb "#cc79a7" dt 3
set style line 5 lw 2 lc rgb "#56b4e9" dt 5
table = "../tables/disagreement.csv"
stats table using 1 every ::1 nooutput
plot for [c=2:STATS_columns] table using 1:c every ::1 with lines ls (c - 2) % 5 + 1 title columnheader(c) noenhanced
)gnuplot";

/// gnuplot fails where it has nothing to draw.
bool has_disagreement(const std::filesystem::path& table) {
  std::ifstream file(table);
  std::string line;
  if (!std::getline(file, line)) throw IoError(table.string(), "cannot be read");
  while (std::getline(file, line))
    if (line.find_first_not_of("0,", line.find(',')) != std::string::npos) return true;
  return false;
}

}  // namespace

std::optional<std::filesystem::path> draw_disagreement(const std::filesystem::path& run_directory) {
  if (!has_disagreement(run_directory / "tables" / "disagreement.csv")) return std::nullopt;
  return run_gnuplot(run_directory / "figures", "disagreement", kScript);
}

}  // namespace steq

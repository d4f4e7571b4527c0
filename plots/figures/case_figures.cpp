// SPDX-License-Identifier: MIT
#include "plots/figures/case_figures.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "plots/figures/gnuplot.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

Json read_summary(const std::filesystem::path& run_directory) {
  const std::filesystem::path file = run_directory / "summary.json";
  std::ifstream in(file);
  if (!in) throw IoError(file.string(), "cannot be read");
  return Json::parse(in);
}

constexpr const char* kHead = R"gnuplot(set datafile separator comma
set terminal svg size {},{} font "sans,12" background "white"
set output "{}.svg"
set grid lc rgb "#dddddd"
set style line 1 lw 2 lc rgb "#0072b2" dt 1 pt 7 ps 0.7
set style line 2 lw 2 lc rgb "#d55e00" dt 2 pt 5 ps 0.7
set style line 3 lw 2 lc rgb "#009e73" dt 4 pt 9 ps 0.7
set style line 4 lw 2 lc rgb "#cc79a7" dt 3 pt 11 ps 0.7
set style line 5 lw 2 lc rgb "#56b4e9" dt 5 pt 13 ps 0.7
set style line 6 lw 2 lc rgb "#000000" dt 6 pt 4 ps 0.7
set style line 7 lw 2 lc rgb "#e69f00" dt 1 pt 6 ps 0.7
set style line 8 lw 2 lc rgb "#666666" dt 2 pt 8 ps 0.7
)gnuplot";

std::string panel(const Json& c) {
  return fmt::format(R"gnuplot(set title "{0}" noenhanced
set xlabel "{1}" noenhanced
set ylabel "{2}" noenhanced
plot "../tables/{0}.csv" using 1:2 every ::1 with lines ls 1 title "predicted", \
     "" using 1:3 every ::1 with points ls 2 title "measured"
)gnuplot",
                     c["name"].get<std::string>(), c["axis"].get<std::string>(), c["quantity"].get<std::string>());
}

}  // namespace

std::optional<std::filesystem::path> draw_predictions(const std::filesystem::path& run_directory) {
  const Json cases = read_summary(run_directory)["cases"];
  const std::size_t columns = std::min<std::size_t>(3, cases.size()), rows = (cases.size() + columns - 1) / columns;
  std::string script = fmt::format(kHead, 420 * columns, 300 * rows, "predictions");
  script += fmt::format("set format y \"%.2g\"\nset key outside bottom center horizontal\nset multiplot layout {},{}\n",
                        rows, columns);
  for (const Json& c : cases) script += panel(c);
  return run_gnuplot(run_directory / "figures", "predictions", script + "unset multiplot\n");
}

std::optional<std::filesystem::path> draw_orders(const std::filesystem::path& run_directory) {
  const Json cases = read_summary(run_directory)["cases"];
  std::string script = fmt::format(kHead, 860, 480, "orders");
  script += R"gnuplot(set title "Mean error against learning rate (lines: fitted powers)"
set xlabel "learning rate, share of the largest"
set ylabel "mean error, bins"
set logscale xy
set format y "10^{%T}"
set key outside right top
)gnuplot";
  std::string plots;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Json& c = cases[i];
    const std::string name = c["name"];
    plots += fmt::format(
        "{} \"../tables/{}.csv\" using 1:3 every ::1 with points ls {} notitle, {:.9g} * x**{:.9g} "
        "with lines ls {} title \"{}: {:.2f}\" noenhanced",
        i ? ", \\\n    " : "plot", name, i % 8 + 1, c["factor"].get<double>(), c["order"].get<double>(), i % 8 + 1,
        name, c["order"].get<double>());
  }
  return run_gnuplot(run_directory / "figures", "orders", script + plots + "\n");
}

}  // namespace steq

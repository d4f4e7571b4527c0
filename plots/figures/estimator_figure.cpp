// SPDX-License-Identifier: MIT
#include "plots/figures/estimator_figure.hpp"

#include <fmt/format.h>

#include "plots/figures/drawn_picture.hpp"
#include "plots/figures/line_styles.hpp"

namespace steq {
namespace {

// Thresholds and levels are thin and grey.
constexpr const char* kHead = R"gnuplot(set terminal svg size 1080,400 font "sans,13" background "white"
set output "estimator.svg"
set datafile missing "nan"
set multiplot layout 1,3 margins 0.07,0.985,0.315,0.895 spacing 0.08
set style line 4 lw 1.5 lc rgb "#777777" dt 1
set style line 5 lw 1.5 lc rgb "#777777" dt 3
set xlabel "latent weight w / W" offset 0,0.4
set xtics 0.5
set border 3
set tics nomirror
set key at graph 0.5,-0.25 center top Left reverse vertical maxcols 1 samplen 2.5 spacing 1.1
)gnuplot";

/// The first curve is the estimator's, others have no role.
std::string curve_styles() {
  std::string text;
  for (const int i : {1, 2, 3}) {
    const int type = i == 1 ? line_type(Role::estimator) : free_line_type(static_cast<std::size_t>(i - 1));
    text += fmt::format("set style line {} lw 2.5 lc rgb \"{}\" dt {}\n", i,
                        line_styles()[static_cast<std::size_t>(type - 1)].colour, i == 3 ? 4 : i);
  }
  return text;
}

/// w, soft, hard, M (where there is one), then the columns of q.
std::string table(const EstimatorGraph& graph) {
  std::string text = "$table << END\n";
  for (std::size_t i = 0; i < graph.w.size(); ++i) {
    text += fmt::format("{:.6g} {:.6g} {:.6g} {:.6g}", graph.w[i], graph.soft[i], graph.hard[i],
                        graph.map.empty() ? 0.0 : graph.map[i]);
    for (const EstimatorGraph::Curve& curve : graph.q) text += fmt::format(" {:.6g}", curve.y[i]);
    text += '\n';
  }
  return text + "END\n";
}

/// Thin grey lines: upright ones at thresholds, level ones at levels.
std::string grid(const EstimatorGraph& graph, bool levels) {
  std::string text = "unset arrow\n";
  const auto line = [&](const std::string& from, const std::string& to) {
    text += fmt::format("set arrow from {} to {} nohead back lw 0.7 lc rgb \"#cccccc\"\n", from, to);
  };
  for (const double t : graph.thresholds)
    line(fmt::format("first {:.6g}, graph 0", t), fmt::format("first {:.6g}, graph 1", t));
  for (const double level : levels ? graph.levels : std::vector<double>{})
    line(fmt::format("graph 0, first {:.6g}", level), fmt::format("graph 1, first {:.6g}", level));
  return text;
}

std::string q_panel(const EstimatorGraph& graph) {
  std::string text = grid(graph, false) + "set title \"factor of the gradient\"\nset ylabel \"q(w)\" offset 1\n" +
                     fmt::format("set yrange [{:.6g}:{:.6g}]\nplot ", graph.q_low, graph.q_high);
  for (std::size_t c = 0; c < graph.q.size(); ++c)
    text += fmt::format("{}$table using 1:{} with lines ls {} title \"{}\"", c > 0 ? ", " : "", c + 5, c + 1,
                        graph.q[c].label);
  return text + "\n";
}

std::string staircase_panel(const EstimatorGraph& graph) {
  return grid(graph, true) +
         "set title \"staircases\"\nset ylabel \"value / W\" offset 1\nset yrange [-1.25:1.25]\n"
         "plot $table using 1:3 with lines ls 4 title \"hard: Q(w)\", "
         "$table using 1:2 with lines ls 1 title \"soft: its slope is q\"\n";
}

std::string map_panel(const EstimatorGraph& graph) {
  const std::string head =
      grid(graph, false) + "set title \"start of the STE equivalent\"\nset ylabel \"M(w) / W\" offset 1\n";
  const std::string diagonal = "plot x with lines ls 5 title \"unchanged\"";
  if (graph.map.empty()) return head + "set label \"M does not exist\" at graph 0.5,0.9 center\n" + diagonal + "\n";
  return head + diagonal + ", $table using 1:4 with lines ls 1 title \"M(w)\"\n";
}

}  // namespace

std::optional<std::string> draw_estimator(const EstimatorGraph& graph) {
  const std::string script =
      kHead + curve_styles() + fmt::format("set xrange [{:.6g}:{:.6g}]\n", graph.w.front(), graph.w.back()) +
      table(graph) + q_panel(graph) + staircase_panel(graph) + map_panel(graph) + "unset multiplot\n";
  return drawn_picture("estimator", script);
}

}  // namespace steq

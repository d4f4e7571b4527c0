// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/figures/figure.hpp"
#include "plots/figures/numbers.hpp"
#include "plots/figures/pairs.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/read_csv.hpp"
#include "records/stored_learner.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq::figures {
namespace {

constexpr std::size_t kMostSteps = 2000;

struct Curve {
  Pair pair;
  std::vector<double> values;  ///< [rows]

  bool parts() const {
    return std::ranges::any_of(values, [](double value) { return value > 0; });
  }
};

std::vector<Curve> disagreement(const StoredRun& run, std::size_t& weights) {
  std::vector<Curve> curves;
  for (const Pair& pair : pairs(run)) {
    const StoredLearner a(run, pair.a), b(run, pair.b);
    weights = weight_count(a.trace());
    if (weights == 0) return {};
    Curve& curve = curves.emplace_back(Curve{pair, {}});
    for (const std::size_t apart : disagreement_curve(a.trace(), b.trace(), run.steps()))
      curve.values.push_back(static_cast<double>(apart) / static_cast<double>(weights));
  }
  return curves;
}

/// The curves of tables/alignment.csv, in the order of the run's pairs.
std::vector<Curve> alignment(const StoredRun& run, const Table& table) {
  std::vector<Curve> curves;
  for (const Pair& pair : pairs(run))
    if (const auto column = column_of(table, pair.name())) {
      Curve& curve = curves.emplace_back(Curve{pair, {}});
      for (const Row& row : table.rows) curve.values.push_back(number_of(row[*column]));
    }
  return curves;
}

/// The largest of the controls in that row; NaN where all are 0 or there is none.
double noise_floor(const std::vector<Curve>& curves, std::size_t row) {
  double largest = 0;
  for (const Curve& curve : curves)
    if (curve.pair.is_control()) largest = std::max(largest, curve.values[row]);
  return largest > 0 ? largest : std::nan("");
}

/// x, the curves, the noise floor.
Table table_of(const std::string& x, const std::vector<double>& xs, const std::vector<Curve>& curves) {
  Table table{.caption = "", .header = {x}, .rows = {}};
  for (const Curve& curve : curves) table.header.push_back(curve.pair.name());
  table.header.push_back("largest control");
  for (const std::size_t row : thinned(xs.size(), kMostSteps)) {
    Row& cells = table.rows.emplace_back(1, cell(xs[row]));
    for (const Curve& curve : curves) cells.push_back(cell(curve.values[row]));
    cells.push_back(cell(noise_floor(curves, row)));
  }
  return table;
}

std::string plot(const std::string& file, const std::vector<Curve>& curves, const char* with) {
  std::string text = fmt::format(
      "plot {} using 1:{} with filledcurves y1=1e-99 lc rgb \"#e4e4e4\" title \"below the largest control\"", file,
      curves.size() + 2);
  for (std::size_t i = 0; i < curves.size(); ++i)
    text += fmt::format(", \\\n  \"\" using 1:(positive(column({}))) with {} lt {} title {}", i + 2, with, i + 2,
                        quoted(curves[i].pair.name() + (curves[i].parts() ? "" : ": never part")));
  return text + "\n";
}

std::string found(const std::vector<Curve>& curves) {
  std::string text;
  for (const Curve& curve : curves) {
    const auto first = std::ranges::find_if(curve.values, [](double value) { return value > 0; });
    text += text.empty() ? "" : " ";
    text += first == curve.values.end()
                ? fmt::format("{} never part.", curve.pair.name())
                : fmt::format("{} part at step {}, and end with {} of the weights on different levels.",
                              curve.pair.name(), first - curve.values.begin(), percent(curve.values.back()));
  }
  return text;
}

constexpr const char* kAxes = R"gnuplot(set logscale y
set format y "10^{%T}"
set xrange [0:*]
)gnuplot";

Drawing draw_curves(const StoredRun& run, const std::vector<Curve>& curves, std::size_t weights) {
  std::vector<double> steps;
  for (std::size_t step = 0; step < curves.front().values.size(); ++step) steps.push_back(static_cast<double>(step));
  Drawing drawing{.data = {{"", table_of("step", steps, curves)}}, .commands = "", .alt = found(curves)};
  const std::string panel =
      fmt::format(
          "set xlabel \"step (optimizer updates)\"\nset ylabel \"share of weights on different levels\"\n"
          "set yrange [{:.3g}:*]\n",
          0.7 / static_cast<double>(weights)) +
      plot("data", curves, "lines");
  const auto stored = read_csv(run.directory() / "tables" / "alignment.csv");
  const std::vector<Curve> distance = stored ? alignment(run, *stored) : std::vector<Curve>{};
  if (std::ranges::none_of(distance, &Curve::parts)) {
    drawing.commands = kAxes + panel;
    return drawing;
  }
  std::vector<double> epochs;
  for (const Row& row : stored->rows) epochs.push_back(number_of(row[column_of(*stored, "epoch").value_or(0)]));
  drawing.data.push_back({"alignment", table_of("epoch", epochs, distance)});
  drawing.width = 1080;
  drawing.height = 470;
  drawing.commands = multiplot({.rows = 1, .columns = 2, .width = 1080, .height = 470, .key = 50}) + kAxes +
                     shared_key() + panel +
                     "unset key\nset xlabel \"epoch\"\nset ylabel \"alignment error, bins per weight\"\n"
                     "set yrange [*:*]\n" +
                     plot("data_alignment", distance, "linespoints") + "unset multiplot\n";
  return drawing;
}

std::optional<Drawing> draw(const StoredRun& run) {
  std::size_t weights = 0;
  const std::vector<Curve> curves = disagreement(run, weights);
  if (std::ranges::none_of(curves, &Curve::parts)) return std::nullopt;
  return draw_curves(run, curves, weights);
}

}  // namespace

Figure divergence() {
  return {{.name = "divergence",
           .title = "Divergence over time",
           .caption = "The share of quantized weights that stand on different levels in two learners, after every "
                      "step (every n-th where there are more than 2000), on a logarithmic axis whose lower end is a "
                      "little below one weight. What lies in the grey area is no more than the largest of the "
                      "controls (identical, one-ulp, jitter) at that step, and means nothing. Where weights were "
                      "stored over time, the second panel shows the mean distance of the weights, a's mapped by M "
                      "where theory asks for that, in bins."},
          draw};
}

}  // namespace steq::figures

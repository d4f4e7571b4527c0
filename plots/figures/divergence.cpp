// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plots/figures/figure.hpp"
#include "plots/figures/pair_curves.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"

namespace steq::figures {
namespace {

constexpr std::size_t kMostSteps = 2000;

/// The largest of the controls in that row; NaN where all are 0 or there is none.
double largest_control(const std::vector<PairCurve>& curves, std::size_t row) {
  double largest = 0;
  for (const PairCurve& curve : curves)
    if (curve.pair.is_control()) largest = std::max(largest, curve.values[row]);
  return largest > 0 ? largest : std::nan("");
}

/// Some of them, and where each curve is at its largest: learners may be apart for no more than a step.
std::vector<std::size_t> shown_rows(std::size_t count, const std::vector<PairCurve>& curves) {
  std::vector<std::size_t> rows = thinned(count, kMostSteps);
  for (const PairCurve& curve : curves)
    rows.push_back(static_cast<std::size_t>(std::ranges::max_element(curve.values) - curve.values.begin()));
  std::ranges::sort(rows);
  const auto [end, unused] = std::ranges::unique(rows);
  rows.erase(end, rows.end());
  return rows;
}

/// x, the curves, the largest control.
Table table_of(const std::string& x, const std::vector<double>& xs, const std::vector<PairCurve>& curves) {
  Table table{.caption = "", .header = {x}, .rows = {}};
  for (const PairCurve& curve : curves) table.header.push_back(curve.pair.name());
  table.header.push_back("largest control");
  for (const std::size_t row : shown_rows(xs.size(), curves)) {
    Row& cells = table.rows.emplace_back(1, cell(xs[row]));
    for (const PairCurve& curve : curves) cells.push_back(cell(curve.values[row]));
    cells.push_back(cell(largest_control(curves, row)));
  }
  return table;
}

double smallest(const std::vector<PairCurve>& curves) {
  double least = kInfinity;
  for (const PairCurve& curve : curves)
    for (const double value : curve.values)
      if (value > 0) least = std::min(least, value);
  return least;
}

constexpr const char* kControl = "no more than a control";

std::string title_of(const PairCurve& curve) { return curve.pair.name() + (curve.diverges() ? "" : ": never diverge"); }

std::size_t rows_of_key(const std::vector<PairCurve>& curves, int width) {
  std::vector<std::string> titles{kControl};
  for (const PairCurve& curve : curves) titles.push_back(title_of(curve));
  return key_rows(titles, width);
}

/// The axis begins a little below the smallest value.
std::string plot(const std::string& file, const std::vector<PairCurve>& curves, const char* with) {
  std::string text = fmt::format(
      "set yrange [{0:.3g}:*]\nplot {1} using 1:{2} with filledcurves y1={0:.3g} lc rgb \"#e4e4e4\" "
      "title {3}",
      0.7 * smallest(curves), file, curves.size() + 2, quoted(kControl));
  for (std::size_t i = 0; i < curves.size(); ++i)
    text += fmt::format(", \\\n  \"\" using 1:(positive(column({}))) with {} lt {} title {}", i + 2, with,
                        curves[i].line_type, quoted(title_of(curves[i])));
  return text + "\n";
}

std::string found(const std::vector<PairCurve>& curves) {
  std::string text;
  for (const PairCurve& curve : curves) {
    const auto first = std::ranges::find_if(curve.values, [](double value) { return value > 0; });
    text += text.empty() ? "" : " ";
    text += first == curve.values.end()
                ? fmt::format("{} never diverge.", curve.pair.name())
                : fmt::format("{} diverge at step {} and end with {} of the weights on different levels.",
                              curve.pair.name(), first - curve.values.begin(), percent(curve.values.back()));
  }
  return text;
}

constexpr const char* kAxes = R"gnuplot(set logscale y
set format y "10^{%T}"
set xrange [0:*]
)gnuplot";

/// Where alignment was stored over time, and not only at the start, a second panel.
void add_alignment(const StoredRun& run, Drawing& drawing, const std::string& panel,
                   const std::vector<PairCurve>& shown) {
  const auto stored = read_csv(run.directory() / "tables" / "alignment.csv");
  if (!stored || !column_of(*stored, "epoch") || stored->rows.size() < 2) return;
  const std::vector<PairCurve> curves = columns_of_pairs(run, *stored);
  if (std::ranges::none_of(curves, &PairCurve::diverges)) return;
  std::vector<double> epochs;
  for (const Row& row : stored->rows) epochs.push_back(number_of(row[*column_of(*stored, "epoch")]));
  drawing.data.push_back({"alignment", table_of("epoch", epochs, curves)});
  drawing.width = 1080;
  const std::size_t rows = rows_of_key(shown, drawing.width);
  const int key = key_height(rows);
  drawing.height = 422 + key;
  drawing.commands = multiplot({.rows = 1, .columns = 2, .width = 1080, .height = drawing.height, .key = key}) + kAxes +
                     shared_key(rows) + panel +
                     "unset key\nset xlabel \"epoch\"\nset ylabel \"alignment error, bins per weight\"\n" +
                     plot("data_alignment", curves, "linespoints") + "unset multiplot\n";
}

std::optional<Drawing> draw_divergence(const StoredRun& run) {
  const std::vector<PairCurve> curves = disagreement(run);
  if (std::ranges::none_of(curves, &PairCurve::diverges)) return std::nullopt;
  std::vector<double> steps(curves.front().values.size());
  std::iota(steps.begin(), steps.end(), 0.0);
  const std::string panel =
      "set xlabel \"step (optimizer updates)\"\nset ylabel \"share of weights on different levels\"\n" +
      plot("data", curves, "lines");
  Drawing drawing{.data = {{"", table_of("step", steps, curves)}}, .commands = kAxes + panel, .alt = found(curves)};
  add_alignment(run, drawing, panel, curves);
  return drawing;
}

}  // namespace

Figure divergence() {
  return {
      {.name = "divergence",
       .title = "Divergence over time",
       .caption =
           "The share of quantized weights that stand on different levels in two learners, after every "
           "step (every n-th where there are more than 2000, and the largest), on a logarithmic axis whose lower end "
           "is a "
           "little below the smallest share above zero. What lies in the grey area is no more than the largest of the "
           "controls (identical, other rounding, start one ulp off, jitter) at that step, and means nothing. Where "
           "weights were stored over time, the second panel shows the mean distance of the weights, a's mapped by M "
           "where theory asks for that, in bins."},
      draw_divergence};
}

}  // namespace steq::figures

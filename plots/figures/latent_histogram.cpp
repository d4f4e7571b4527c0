// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "plots/figures/figure.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "records/stored_learner.hpp"

namespace steq::figures {
namespace {

constexpr std::size_t kMostTensors = 5, kMostBars = 256, kMostThresholds = 31;
constexpr double kNear = 0.1;  // bins

/// What is drawn of one tensor of one learner; weights in units of `unit`, one bin.
struct Weights {
  std::string learner, tensor;
  double unit;
  std::vector<double> initial, final, thresholds;
};

double bin_width(const Grid& grid) {
  return grid.delta > 0 ? grid.delta
                        : (grid.levels.back() - grid.levels.front()) / static_cast<double>(grid.intervals());
}

std::vector<double> scaled(std::vector<double> values, double unit) {
  for (double& value : values) value /= unit;
  return values;
}

/// Nothing where grid or weights were not stored.
std::optional<Weights> weights_of(const StoredRun& run, const std::string& learner, const std::string& tensor) {
  const auto grid = run.logs().grid(learner, tensor);
  auto initial = run.weights(learner, "initial", tensor), final = run.weights(learner, "final", tensor);
  if (!grid || !initial || !final || grid->intervals() == 0) return std::nullopt;
  const double unit = bin_width(*grid);
  return Weights{learner,
                 tensor,
                 unit,
                 scaled(std::move(*initial), unit),
                 scaled(std::move(*final), unit),
                 scaled(grid->thresholds, unit)};
}

struct Bars {
  double low, width;
  std::size_t count;

  std::vector<double> shares(const std::vector<double>& values) const {
    std::vector<double> shares(count);
    for (const double value : values) {
      const double place = std::floor((value - low) / width);
      shares[static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(count - 1)))] += 1;
    }
    for (double& share : shares) share /= static_cast<double>(values.size());
    return shares;
  }
};

/// A sixteenth of a bin wide, or twice, four times ... that where they would be too many.
Bars bars_for(const std::vector<const std::vector<double>*>& all) {
  double low = 0, high = 0;
  for (const auto* values : all)
    for (const double value : *values)
      if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  double width = 1.0 / 16;
  while ((high - low) / width > kMostBars) width *= 2;
  const double first = std::floor(low / width) * width;
  return {first, width, static_cast<std::size_t>(std::floor((high - first) / width)) + 1};
}

/// Share of the weights within a tenth of a bin of a threshold.
double near_threshold(const std::vector<double>& values, const std::vector<double>& thresholds) {
  const auto near = std::ranges::count_if(values, [&](double value) {
    return std::ranges::any_of(thresholds, [&](double t) { return std::abs(value - t) < kNear; });
  });
  return static_cast<double>(near) / static_cast<double>(values.size());
}

/// Panel, place of the bar (left edge), share at the start, share at the end.
void add_rows(Table& table, std::size_t panel, const Weights& weights, const Bars& bars) {
  const std::vector<double> initial = bars.shares(weights.initial), final = bars.shares(weights.final);
  for (std::size_t i = 0; i < bars.count; ++i)
    table.rows.push_back({cell(static_cast<double>(panel)), weights.learner, weights.tensor,
                          cell(bars.low + bars.width * static_cast<double>(i)), cell(initial[i]), cell(final[i])});
}

std::string panel(std::size_t index, const Weights& weights, const Bars& bars, int line_type) {
  std::string text = fmt::format("unset arrow\nset title {} noenhanced\nset xrange [{:.6g}:{:.6g}]\n",
                                 quoted(weights.tensor + ", " + weights.learner), bars.low,
                                 bars.low + bars.width * static_cast<double>(bars.count));
  if (weights.thresholds.size() <= kMostThresholds)
    for (const double t : weights.thresholds)
      text +=
          fmt::format("set arrow from {0:.6g}, graph 0 to {0:.6g}, graph 1 nohead back lc rgb \"#888888\" dt 3\n", t);
  const std::string place = fmt::format("($1=={} ? $4 + {:.6g} : NaN)", index, bars.width / 2);
  return text +
         fmt::format(
             "plot data using {0}:5 with boxes fs solid 1 noborder lc rgb \"#c8c8c8\" title \"initial\", \\\n"
             "  \"\" using {0}:6 with histeps lt {1} dt 1 lw 1.5 title \"final\"\n",
             place, line_type) +
         "unset key\n";
}

std::string near_text(const Weights& weights) {
  return fmt::format(
      "{} of {}: {} of the weights lie within a tenth of a bin of a threshold at the start, {} at the end.",
      weights.tensor, weights.learner, percent(near_threshold(weights.initial, weights.thresholds)),
      percent(near_threshold(weights.final, weights.thresholds)));
}

/// A row for each tensor, a column for each learner.
Drawing draw_rows(const StoredRun& run, const std::vector<std::array<Weights, 2>>& rows) {
  Drawing drawing{
      .data = {{"", {.caption = "", .header = {"panel", "learner", "tensor", "w", "initial", "final"}, .rows = {}}}},
      .commands = "",
      .alt = "",
      .width = 1080,
      .height = static_cast<int>(90 + 250 * rows.size())};
  drawing.commands = multiplot({.rows = static_cast<int>(rows.size()),
                                .columns = 2,
                                .width = drawing.width,
                                .height = drawing.height,
                                .key = 30}) +
                     "set ylabel \"share of weights\"\nset xlabel \"latent weight, bins\"\n" + shared_key();
  std::size_t index = 0;
  for (const auto& row : rows) {
    const Bars bars = bars_for({&row[0].initial, &row[0].final, &row[1].initial, &row[1].final});
    for (const Weights& weights : row) {
      add_rows(drawing.data[0].table, index, weights, bars);
      drawing.commands += panel(index++, weights, bars, line_type(run, weights.learner));
      drawing.alt += (drawing.alt.empty() ? "" : " ") + near_text(weights);
    }
  }
  drawing.commands += "unset multiplot\n";
  return drawing;
}

std::optional<Drawing> draw_latent_histogram(const StoredRun& run) {
  const auto pair = main_pair(run);
  if (!pair) return std::nullopt;
  const std::vector<std::string> tensors = run.tensors(pair->a);
  std::vector<std::array<Weights, 2>> rows;
  for (const std::size_t t : thinned(tensors.size(), kMostTensors)) {
    auto a = weights_of(run, pair->a, tensors[t]), b = weights_of(run, pair->b, tensors[t]);
    if (a && b) rows.push_back({std::move(*a), std::move(*b)});
  }
  if (rows.empty()) return std::nullopt;
  return draw_rows(run, rows);
}

}  // namespace

Figure latent_histogram() {
  return {{.name = "latent-histogram",
           .title = "Latent weights against thresholds",
           .caption = "Where the latent weights of the main comparison's two learners stand before (grey) and after "
                      "training (line), in units of the distance between two levels; dotted lines are thresholds. "
                      "Bars are a sixteenth of a bin wide, or twice, four times ... that where more than 256 would be "
                      "needed. Of more than five tensors every n-th and the last are shown."},
          draw_latent_histogram};
}

}  // namespace steq::figures

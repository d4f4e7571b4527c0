// SPDX-License-Identifier: MIT
// Where the equivalence holds: divergence, accuracy and moving weights against a setting, as the learning rate.
#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/style.hpp"
#include "plots/studies/regime_curves.hpp"
#include "plots/studies/study_values.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

/// A tic at every x of any column, as ("0.001" 0.001, ...) or without labels; and their range, with a little room.
struct Axis {
  std::string tics, bare;
  double low = 0, high = 0;
};

Axis axis_of(const std::vector<Column>& columns) {
  std::vector<double> all;
  for (const Column& column : columns)
    for (const auto& [x, unused] : column.points) all.push_back(x);
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  Axis axis{.tics = "", .bare = "", .low = all.front() / 1.4, .high = all.back() * 1.4};
  for (const double x : all) {
    axis.tics += fmt::format("{}\"{:g}\" {:g}", axis.tics.empty() ? "" : ", ", x, x);
    axis.bare += fmt::format("{}\"\" {:g}", axis.bare.empty() ? "" : ", ", x);
  }
  return axis;
}

std::string suffix_of(const std::vector<Column>& columns, std::size_t index) {
  const std::string& title = columns[index].title;
  const bool word = std::ranges::all_of(title, [](char c) { return c >= 'a' && c <= 'z'; });
  return word ? title : std::string(1, static_cast<char>('a' + index));
}

/// The x that the study marks in this column, as the one that a paper chose; empty where there is none.
std::string mark_of(const Json& study, const std::string& column) {
  const Json mark = study["figure"].value("mark", Json::object());
  if (!mark.contains(column)) return "";
  const double x = mark[column].get<double>();
  return fmt::format(
      "set arrow 1 from {0:g}, graph 0 to {0:g}, graph 1 nohead lw 1 dt 3 lc rgb \"#555555\"\n"
      "set label 1 {1} at {0:g}, graph 1 offset 0.4,-0.6 font \",10\" textcolor rgb \"#555555\"\n",
      x, quoted(mark.value("label", "")));
}

/// One row of panels: the same curves for every column of the map.
struct PanelRow {
  const char* label;
  std::string plot;
  bool first = false;
};

std::string panels(const Json& study, const std::vector<Column>& columns, const PanelRow& row) {
  const Json titles = study["figure"].value("titles", Json::object());
  std::string text;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::string& name = columns[c].title;
    text += row.first ? fmt::format("set title {} noenhanced\n", quoted(titles.value(name, name))) : "unset title\n";
    text += fmt::format("set ylabel {}\nunset arrow 1\nunset label 1\n{}", quoted(c == 0 ? row.label : ""),
                        mark_of(study, name));
    text += row.first && c == 0 ? shared_key() : "unset key\n";
    text += fmt::format("file = data_{}\n{}\n", suffix_of(columns, c), row.plot);
  }
  return text;
}

/// "optimizer.learning_rate" as "learning rate"
std::string axis_label(const std::string& path) {
  std::string label = path.substr(path.rfind('.') + 1);
  std::ranges::replace(label, '_', ' ');
  return label;
}

/// What is to be seen at the ends of each column.
std::string found(const Json& study, const std::vector<Column>& columns, const Partner& partner) {
  std::string text;
  for (const Column& column : columns)
    for (const auto& [x, variant] : {column.points.front(), column.points.back()}) {
      const auto levels = spread_of(values_of(study, partner.pair(variant), "different_levels"));
      const auto accuracy = spread_of(values_of(study, partner.pair(variant), "test_accuracy_a"));
      text += fmt::format("{}{}, {:g}: ", text.empty() ? "" : " ", column.title, x);
      text += levels && accuracy
                  ? fmt::format("{} and {} end with {} of the weights on different levels, test accuracy {:.3g}.",
                                partner.a, partner.b, percent(levels->median), accuracy->median)
                  : std::string("diverged.");
    }
  return text;
}

/// The axes of one row of panels after the other, and what is drawn on them.
std::string commands(const Json& study, const std::vector<Column>& columns, const std::vector<Partner>& partners) {
  const Axis axis = axis_of(columns);
  const double floor = floor_of(study);
  const Curves curves = curves_of(partners, study["seeds"].size() > 1 ? "yerrorlines" : "linespoints");
  return fmt::format("set logscale x\nset xrange [{:g}:{:g}]\nset xtics ({})\nset logscale y\n", axis.low, axis.high,
                     axis.bare) +
         fmt::format(
             "set yrange [{:g}:1.5]\nset format y \"10^{{%T}}\"\nset ytics add (\"0\" {:g})\n"
             "y(value) = value == 0 ? {:g} : value\n",
             floor / 1.5, floor, floor) +
         panels(study, columns, {"share of weights on different levels", curves.levels, true}) +
         "set yrange [*:1.5]\nset ytics auto\ny(value) = positive(1 - value)\n" +
         panels(study, columns, {"test error (share of images)", curves.error}) +
         fmt::format(
             "unset logscale y\nset yrange [0:1]\nset format y \"%g\"\ny(value) = value\nset xtics ({})\n"
             "set xlabel {}\n",
             axis.tics, quoted(axis_label(study["figure"]["x"]))) +
         panels(study, columns, {"share that ever changed level", curves.changed});
}

std::optional<Drawing> draw(const Json& study) {
  const std::vector<Column> columns = columns_of(study);
  const std::vector<Partner> partners = partners_of(study);
  if (columns.empty() || partners.empty()) return std::nullopt;
  const Panels grid{.rows = 3,
                    .columns = static_cast<int>(columns.size()),
                    .width = 120 + 400 * static_cast<int>(columns.size()),
                    .height = 900,
                    .key = 62,
                    .spacing_x = 60,
                    .spacing_y = 34};
  Drawing drawing{.data = {},
                  .commands = multiplot(grid) + commands(study, columns, partners) + "unset multiplot\n",
                  .alt = found(study, columns, partners.front()),
                  .width = grid.width,
                  .height = grid.height};
  for (std::size_t c = 0; c < columns.size(); ++c)
    drawing.data.push_back({suffix_of(columns, c), table_of(study, columns[c], partners)});
  return drawing;
}

}  // namespace

StudyFigure regime_map() {
  return {{.name = "regime-map",
           .title = "Where the equivalence holds",
           .caption = "One column of panels for each optimizer. Above, the share of quantized weights that end on "
                      "different levels, on logarithmic axes: the STE equivalent, beside the controls and the STE "
                      "without alpha and M (with Adam the two are the same); what lies in the grey area is no more "
                      "than a learning rate 1 % off makes, and a share of 0 stands at the lower end. In the middle "
                      "the test error of the learners, below the share of weights that ever changed level in one of "
                      "the pair. Points are medians over the seeds, bars go from the lowest to the highest; a run "
                      "that diverged leaves a gap."},
          draw};
}

}  // namespace steq::figures

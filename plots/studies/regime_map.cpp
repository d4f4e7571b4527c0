// SPDX-License-Identifier: MIT
// Where the equivalence holds: divergence, accuracy and moving weights against a setting, as the learning rate.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "plots/figures/numbers.hpp"
#include "plots/figures/style.hpp"
#include "plots/studies/study_figures.hpp"
#include "plots/studies/study_values.hpp"

namespace steq::figures {
namespace {

/// One curve: the second learner of a comparison, whatever the variant.
struct Partner {
  std::string a, b, kind;

  std::string pair(const std::string& variant) const { return fmt::format("{}: {} / {}", variant, a, b); }
  std::string name() const { return b == "other seed" ? fmt::format("{} with another seed", a) : b; }
};

/// One column of panels: the variants that share a value of "by", by rising x.
struct Column {
  std::string title;
  std::vector<std::pair<double, std::string>> points;  ///< x and variant
};

std::vector<Column> columns_of(const Json& study) {
  std::vector<Column> columns;
  for (const Json& variant : study["variants"]) {
    const Json* x = at_path(variant["config"], study["figure"]["x"]);
    const Json* by = at_path(variant["config"], study["figure"]["by"]);
    if (!x || !by || !x->is_number()) continue;
    const std::string title = by->is_string() ? by->get<std::string>() : by->dump();
    auto column = std::ranges::find(columns, title, &Column::title);
    if (column == columns.end()) column = columns.insert(columns.end(), {title, {}});
    column->points.emplace_back(x->get<double>(), variant["name"]);
  }
  for (Column& column : columns) std::ranges::sort(column.points);
  return columns;
}

/// Of all variants, in the order in which they are measured. Identical twins, which never part, have no curve.
std::vector<Partner> partners_of(const Json& study) {
  std::vector<Partner> partners;
  for (const Json& m : study["measurements"])
    if (m["kind"] != "identical" &&
        std::ranges::find(partners, m["b"].get<std::string>(), &Partner::b) == partners.end())
      partners.push_back({m["a"], m["b"], m["kind"]});
  return partners;
}

/// Median, low and high; three gaps where there is nothing.
void add_cells(Row& row, const Json& study, const std::string& pair, const char* value) {
  const auto spread = spread_of(values_of(study, pair, value));
  const double nan = std::nan("");
  const Spread shown = spread.value_or(Spread{nan, nan, nan});
  for (const double number : {shown.median, shown.low, shown.high}) row.push_back(cell(number));
}

/// Three columns a quantity: of each partner the share of different levels and its test accuracy, at last the test
/// accuracy of the first learner and the share of weights that ever changed level.
Table table_of(const Json& study, const Column& column, const std::vector<Partner>& partners) {
  Table table{.caption = "", .header = {study["figure"]["x"]}, .rows = {}};
  const auto head = [&](const std::string& name) {
    for (const char* which : {"", " (lowest)", " (highest)"}) table.header.push_back(name + which);
  };
  for (const Partner& partner : partners) {
    head(fmt::format("{} / {}: share on different levels", partner.a, partner.b));
    head(fmt::format("{}: test accuracy", partner.name()));
  }
  head(partners.front().a + ": test accuracy");
  head("share that ever changed level");
  for (const auto& [x, variant] : column.points) {
    Row& row = table.rows.emplace_back(1, cell(x));
    for (const Partner& partner : partners) {
      add_cells(row, study, partner.pair(variant), "different_levels");
      add_cells(row, study, partner.pair(variant), "test_accuracy_b");
    }
    add_cells(row, study, partners.front().pair(variant), "test_accuracy_a");
    add_cells(row, study, partners.front().pair(variant), "changed_weight_share");
  }
  return table;
}

/// A power of ten below every share that is not 0: there stand those that are 0.
double floor_of(const Json& study) {
  double smallest = 1;
  for (const Json& m : study["measurements"])
    if (const Json value = m["values"].value("different_levels", Json()); value.is_number() && value.get<double>() > 0)
      smallest = std::min(smallest, value.get<double>());
  return std::pow(10, std::floor(std::log10(smallest)) - 0.5);
}

/// Lines with points, and bars from lowest to highest; the value's first column is `at`.
std::string curve(std::size_t at, std::size_t line, const std::string& title) {
  return fmt::format(
      "file using 1:(shown(column({}))):(shown(column({}))):(shown(column({}))) with yerrorlines lt {} title {}", at,
      at + 1, at + 2, line, title.empty() ? "\"\"" : quoted(title));
}

/// The plot commands of the three panels of a column, in which `file` is its data.
struct Curves {
  std::string levels, accuracy, changed;
};

/// A learner has the same line in every panel; the first of them has the one line that no pair has.
Curves curves_of(const std::vector<Partner>& partners) {
  const std::size_t own = partners.size() + 1, accuracy = 2 + 6 * partners.size();
  Curves curves{.levels = fmt::format("plot NaN with linespoints lt {} title {}", own, quoted(partners.front().a)),
                .accuracy = "plot " + curve(accuracy, own, ""),
                .changed = "plot " + curve(accuracy + 3, 1, "")};
  for (std::size_t i = 0; i < partners.size(); ++i) {
    curves.levels += ", \\\n  " + curve(2 + 6 * i, i + 1, fmt::format("{} / {}", partners[i].a, partners[i].b));
    if (partners[i].kind == "equivalent" || partners[i].kind == "other")
      curves.accuracy += ", \\\n  " + curve(5 + 6 * i, i + 1, "");
  }
  return curves;
}

/// "0.001" 0.001, ...: a tic at every x of any column; and their range, with a little room.
struct Axis {
  std::string tics;
  double low = 0, high = 0;
};

Axis axis_of(const std::vector<Column>& columns) {
  std::vector<double> all;
  for (const Column& column : columns)
    for (const auto& [x, unused] : column.points) all.push_back(x);
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  Axis axis{.tics = "", .low = all.front() / 1.3, .high = all.back() * 1.3};
  for (const double x : all) axis.tics += fmt::format("{}\"{:g}\" {:g}", axis.tics.empty() ? "" : ", ", x, x);
  return axis;
}

std::string suffix_of(const std::vector<Column>& columns, std::size_t index) {
  const std::string& title = columns[index].title;
  const bool word = std::ranges::all_of(title, [](char c) { return c >= 'a' && c <= 'z'; });
  return word ? title : std::string(1, static_cast<char>('a' + index));
}

/// One row of panels: the same curves for every column of the map.
std::string panels(const std::vector<Column>& columns, const char* label, const std::string& plot, bool first,
                   const std::string& x_label) {
  std::string text;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    text += first ? fmt::format("set title {} noenhanced\n", quoted(columns[c].title)) : "unset title\n";
    text += fmt::format("set ylabel {}\nset xlabel {} noenhanced\n", quoted(c == 0 ? label : ""), quoted(x_label));
    text += first && c == 0 ? shared_key() : "unset key\n";
    text += fmt::format("file = data_{}\n{}\n", suffix_of(columns, c), plot);
  }
  return text;
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

std::optional<Drawing> draw(const Json& study) {
  const std::vector<Column> columns = columns_of(study);
  const std::vector<Partner> partners = partners_of(study);
  if (columns.empty() || partners.empty()) return std::nullopt;
  const int width = 120 + 400 * static_cast<int>(columns.size()), height = 980;
  Drawing drawing{
      .data = {}, .commands = "", .alt = found(study, columns, partners.front()), .width = width, .height = height};
  for (std::size_t c = 0; c < columns.size(); ++c)
    drawing.data.push_back({suffix_of(columns, c), table_of(study, columns[c], partners)});
  const Axis axis = axis_of(columns);
  const double floor = floor_of(study);
  const Curves curves = curves_of(partners);
  const std::string x = study["figure"]["x"].get<std::string>();
  drawing.commands =
      multiplot({.rows = 3, .columns = static_cast<int>(columns.size()), .width = width, .height = height, .key = 60}) +
      fmt::format("set logscale x\nset xrange [{:g}:{:g}]\nset xtics rotate by -40 ({})\n", axis.low, axis.high,
                  axis.tics) +
      fmt::format(
          "set logscale y\nset yrange [{:g}:1.5]\nset format y \"10^{{%T}}\"\nset ytics add (\"0\" {:g})\n"
          "shown(y) = y == 0 ? {:g} : y\n",
          floor / 1.5, floor, floor) +
      panels(columns, "share of weights on different levels", curves.levels, true, "") +
      "unset logscale y\nset yrange [0:1]\nset format y \"%g\"\nset ytics auto\nshown(y) = y\n" +
      panels(columns, "test accuracy", curves.accuracy, false, "") +
      panels(columns, "share that ever changed level", curves.changed, false, x) + "unset multiplot\n";
  return drawing;
}

}  // namespace

StudyFigure regime_map() {
  return {{.name = "regime-map",
           .title = "Where the equivalence holds",
           .caption = "One column of panels for each optimizer. Above, the share of quantized weights that end on "
                      "different levels, on logarithmic axes: the STE equivalent, beside the controls and the STE "
                      "without alpha and M; a share of 0 stands at the lower end. In the middle the test accuracy of "
                      "the learners, below the share of weights that ever changed level. Points are medians over the "
                      "seeds, bars go from the lowest to the highest; a run that diverged leaves a gap."},
          draw};
}

}  // namespace steq::figures

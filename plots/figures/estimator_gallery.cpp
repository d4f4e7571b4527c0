// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "plots/figures/figure.hpp"
#include "plots/figures/guides.hpp"
#include "plots/figures/line_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"

namespace steq::figures {
namespace {

constexpr double kTallest = 4;  // of the q axis, for estimators without a bound
constexpr int kGalleryWidth = 1080, kGalleryRowHeight = 250;

struct Curve {
  std::string label;
  std::vector<double> q;
};

/// One estimator of tables/estimators.csv.
struct EstimatorRow {
  std::string name;
  std::vector<Curve> curves;
  std::vector<double> u, soft, hard, map;  ///< of the first curve; the same in all

  bool has_map() const { return !map.empty() && !std::isnan(map.front()); }
};

void add_row(EstimatorRow& shape, const Row& row) {
  if (shape.curves.empty() || shape.curves.back().label != row[1]) shape.curves.push_back({row[1], {}});
  shape.curves.back().q.push_back(number_of(row[3]));
  if (shape.curves.size() > 1) return;
  shape.u.push_back(number_of(row[2]));
  shape.soft.push_back(number_of(row[4]));
  shape.hard.push_back(number_of(row[5]));
  shape.map.push_back(number_of(row[6]));
}

std::vector<EstimatorRow> rows_of(const Table& table) {
  std::vector<EstimatorRow> shapes;
  for (const Row& row : table.rows) {
    if (shapes.empty() || shapes.back().name != row[0]) shapes.push_back({row[0], {}, {}, {}, {}, {}});
    add_row(shapes.back(), row);
  }
  return shapes;
}

/// u, the quantizer, then for each estimator its q (several where there are), staircase and M.
Table table_of(const std::vector<EstimatorRow>& shapes) {
  Table table{.caption = "", .header = {"u", "hard"}, .rows = {}};
  for (std::size_t i = 0; i < shapes[0].u.size(); ++i)
    table.rows.push_back({cell(shapes[0].u[i]), cell(shapes[0].hard[i])});
  const auto add = [&](const std::string& name, const std::vector<double>& column) {
    table.header.push_back(name);
    for (std::size_t i = 0; i < table.rows.size(); ++i) table.rows[i].push_back(cell(column.at(i)));
  };
  for (const EstimatorRow& shape : shapes) {
    for (const Curve& curve : shape.curves) add(fmt::format("{} of {}", curve.label, shape.name), curve.q);
    add("soft of " + shape.name, shape.soft);
    add("M of " + shape.name, shape.map);
  }
  return table;
}

/// Half-way between neighbouring levels that are seen.
std::vector<double> thresholds(const EstimatorRow& shape) {
  const std::set<double> levels(shape.hard.begin(), shape.hard.end());
  std::vector<double> middles;
  for (auto level = levels.begin(); level != levels.end() && std::next(level) != levels.end(); ++level)
    middles.push_back((*level + *std::next(level)) / 2);
  return middles;
}

double largest(const EstimatorRow& shape) {
  double q = 0;
  for (const Curve& curve : shape.curves) q = std::max(q, std::ranges::max(curve.q));
  return q;
}

std::string row_of_panels(const EstimatorRow& shape, std::size_t column) {
  std::string text =
      guides(thresholds(shape), {}) + fmt::format("set title {} noenhanced\n", quoted(shape.name)) +
      fmt::format("set key center bottom\nset ylabel \"factor q of the gradient\"\nset yrange [{}:{:.4g}]\n",
                  std::ranges::min(shape.curves.back().q) < 0 ? "*" : "0", 1.08 * std::min(largest(shape), kTallest));
  for (std::size_t c = 0; c < shape.curves.size(); ++c)
    text += fmt::format("{} data using 1:(shown(column({}))) with lines lt {} title {}", c ? ", \\\n " : "plot",
                        column + c, c == 0 ? line_type(Role::estimator) : free_line_type(c - 1),
                        shape.curves.size() > 1 ? quoted(shape.curves[c].label) : "\"\"");
  column += shape.curves.size();
  text += fmt::format(
      "\nset key left top\nset title \"staircases\"\nset ylabel \"value / delta\"\nset yrange [*:*]\n"
      "plot data using 1:2 with lines lc rgb \"#666666\" lw 1.2 title \"Q\", data using 1:{} with lines lt 1 title "
      "\"slope "
      "q\"\n",
      column);
  const std::string head = "set title \"start of the STE equivalent\"\nset ylabel \"M(w) / delta\"\n";
  const std::string same = "plot x with lines lc rgb \"#666666\" dt 3 lw 1.2 title \"w\"";
  if (!shape.has_map())
    return text + head + "set label 1 \"M does not exist\" at graph 0.95, 0.12 right\n" + same + "\nunset label 1\n";
  return text + head + same + fmt::format(", data using 1:{} with lines lt 1 title \"M(w)\"\n", column + 1);
}

std::string found(const EstimatorRow& shape) {
  const double highest = largest(shape);
  const std::string q =
      highest > 100 ? shape.name + ": q exceeds 100" : fmt::format("{}: q is at most {:.3g} here", shape.name, highest);
  if (!shape.has_map()) return q + ", M does not exist.";
  double moved = 0;
  for (std::size_t i = 0; i < shape.u.size(); ++i)
    if (shape.hard[i] != shape.hard.front() && shape.hard[i] != shape.hard.back())
      moved = std::max(moved, std::abs(shape.map[i] - shape.u[i]));
  if (moved < 1e-9) return q + ", M leaves every weight as it is.";
  return q + fmt::format(", M moves a weight between two thresholds by at most {:.3g} delta.", moved);
}

std::optional<Drawing> draw_estimator_gallery(const StoredRun& run) {
  const auto table = read_csv(run.directory() / "tables" / "estimators.csv");
  if (!table || table->header.size() < 7 || table->rows.empty()) return std::nullopt;
  const std::vector<EstimatorRow> shapes = rows_of(*table);
  const int rows = static_cast<int>(shapes.size()), height = 80 + kGalleryRowHeight * rows;
  Drawing drawing{
      .data = {{"", table_of(shapes)}}, .commands = "", .alt = "", .width = kGalleryWidth, .height = height};
  drawing.commands = multiplot({.rows = rows, .columns = 3, .width = kGalleryWidth, .height = height}) +
                     fmt::format("set xrange [{:.6g}:{:.6g}]\n", shapes[0].u.front(), shapes[0].u.back()) +
                     "set xlabel \"w / delta, from the threshold 0\"\nset key inside vertical Left reverse samplen 2\n"
                     "shown(q) = q < 100 ? q : 100\n";
  std::size_t column = 3;
  for (const EstimatorRow& shape : shapes) {
    drawing.commands += row_of_panels(shape, column);
    drawing.alt += (drawing.alt.empty() ? "" : " ") + found(shape);
    column += shape.curves.size() + 2;
  }
  drawing.commands += "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure estimator_gallery() {
  return {
      {.name = "estimator-gallery",
       .title = "The estimators of this run",
       .caption = "A row for each distinct estimator, over at most three bins to each side of 0, thresholds dotted. "
                  "Left: the factor q by which it multiplies the gradient of a weight (several curves where more "
                  "than the weight decides). Middle: the quantizer Q and the soft staircase whose slope is q. "
                  "Right: the map M that turns its initial weights into those of the straight-through estimator "
                  "that trains alike; the dotted line is a weight left as it is."},
      draw_estimator_gallery};
}

}  // namespace steq::figures

// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/figures/figure.hpp"
#include "plots/figures/line_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"

namespace steq::figures {
namespace {

constexpr std::size_t kMostRecords = 2000;

/// What tables/bounds.csv says of one tensor of one pair.
struct Series {
  std::string pair, tensor;
  std::vector<Row> rows;  ///< step, error, bound

  double last_error() const { return number_of(rows.back()[1]); }
  double last_bound() const { return number_of(rows.back()[2]); }
  bool drawable() const {
    return std::ranges::any_of(rows, [](const Row& row) { return number_of(row[1]) > 0; });
  }
};

std::vector<Series> read_series(const Table& table) {
  std::vector<Series> all;
  for (const Row& row : table.rows) {
    if (all.empty() || all.back().pair != row[0] || all.back().tensor != row[2]) all.push_back({row[0], row[2], {}});
    all.back().rows.push_back({row[1], row[3], row[4]});
  }
  std::erase_if(all, [](const Series& series) { return !series.drawable(); });
  return all;
}

/// Its number, step, error, bound.
Table table_of(const std::vector<Series>& all) {
  Table table{.caption = "", .header = {"line", "pair", "tensor", "step", "error", "bound"}, .rows = {}};
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const std::size_t r : thinned(all[i].rows.size(), kMostRecords)) {
      const Row& row = all[i].rows[r];
      table.rows.push_back({cell(static_cast<double>(i)), all[i].pair, all[i].tensor, row[0], row[1], row[2]});
    }
  return table;
}

std::string curves(const std::vector<Series>& all, std::size_t i) {
  const bool one_pair = all.front().pair == all.back().pair;
  return fmt::format(
      "  data using ($1=={0} ? $4 : NaN):(positive($6)) with lines {1} lw 5 notitle, \\\n"
      "  data using ($1=={0} ? $4 : NaN):(positive($5)) with lines lt {2} title {3}",
      i, pale(free_line_type(i)), free_line_type(i),
      quoted(one_pair ? all[i].tensor : all[i].pair + ": " + all[i].tensor));
}

std::string commands(const std::vector<Series>& all) {
  std::string text =
      "set xlabel \"step (optimizer updates)\"\nset ylabel \"mean of |M(w) - w_{STE}|, in bins\"\n"
      "set logscale y\nset format y \"10^{%T}\"\nplot \\\n";
  for (std::size_t i = 0; i < all.size(); ++i) text += (i ? ", \\\n" : "") + curves(all, i);
  return text + "\n";
}

std::string found(const std::vector<Series>& all) {
  std::string text;
  for (const Series& series : all)
    text += fmt::format("{}{}, {}: at the end an error of {:.3g} bins under a bound of {:.3g}.",
                        text.empty() ? "" : " ", series.pair, series.tensor, series.last_error(), series.last_bound());
  return text;
}

std::optional<Drawing> draw_bounds(const StoredRun& run) {
  const auto table = read_csv(run.directory() / "tables" / "bounds.csv");
  if (!table || table->header.size() < 5) return std::nullopt;
  const std::vector<Series> all = read_series(*table);
  if (all.empty()) return std::nullopt;
  return Drawing{.data = {{"", table_of(all)}}, .commands = commands(all), .alt = found(all)};
}

}  // namespace

Figure bounds() {
  return {{.name = "bounds",
           .title = "Measured error against bound",
           .caption = "Distance between the mapped weights of a learner and those of its STE equivalent, mean over a "
                      "tensor, in bins (lines), and the bound that the theorems put above it, with everything that "
                      "they need measured in this run (wide, pale, of the same colour). A bound that becomes infinite "
                      "ends. Of more than 2000 records every n-th is drawn."},
          draw_bounds};
}

}  // namespace steq::figures

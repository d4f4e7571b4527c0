// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/figures/figure.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"

namespace steq::figures {
namespace {

struct Measure {
  const char *column, *title;
};
constexpr Measure kMeasures[] = {{"quantized_weight_agreement", "final level"},
                                 {"change_point_sequence_agreement", "sequence of levels"},
                                 {"quantized_weight_agreement_of_changed", "final level, of changed weights"}};

double number_at(const Table& table, const Row& row, const char* column) {
  const auto place = column_of(table, column);
  return place ? number_of(row[*place]) : std::nan("");
}

std::vector<std::string> tensor_names(const Table& table) {
  std::vector<std::string> names;
  const std::size_t column = *column_of(table, "tensor");
  for (const Row& row : table.rows)
    if (std::ranges::find(names, row[column]) == names.end()) names.push_back(row[column]);
  return names;
}

/// The rows of the table, with the places at which they are drawn: tensors from the left, pairs side by side.
Table table_of(const StoredRun& run, const Table& stored) {
  Table table{.caption = "", .header = {"pair", "tensor", "place"}, .rows = {}};
  for (const Measure& measure : kMeasures) table.header.push_back(measure.column);
  const std::vector<Pair> all = pairs(run);
  const std::vector<std::string> tensors = tensor_names(stored);
  const std::size_t comparison = *column_of(stored, "comparison"), tensor = *column_of(stored, "tensor");
  for (std::size_t p = 0; p < all.size(); ++p)
    for (const Row& row : stored.rows) {
      if (row[comparison] != all[p].name()) continue;
      const auto index = std::ranges::find(tensors, row[tensor]) - tensors.begin();
      const double shift = (static_cast<double>(p) + 0.5) / static_cast<double>(all.size()) - 0.5;
      Row& cells = table.rows.emplace_back(
          Row{cell(static_cast<double>(p)), row[tensor], cell(static_cast<double>(index) + 0.6 * shift)});
      for (const Measure& measure : kMeasures) cells.push_back(cell(number_at(stored, row, measure.column)));
    }
  return table;
}

bool has_marks(const Table& table, std::size_t measure) {
  return std::ranges::any_of(table.rows, [&](const Row& row) { return std::isfinite(number_of(row[measure + 3])); });
}

std::string panel(const StoredRun& run, std::size_t measure) {
  std::string text = fmt::format("set title \"{}\"\n", kMeasures[measure].title);
  const std::vector<Pair> all = pairs(run);
  for (std::size_t p = 0; p < all.size(); ++p)
    text += fmt::format("{} data using 3:($1=={} ? ${} : NaN) with points lt {} ps 0.9 title {}",
                        p ? ", \\\n " : "plot", p, measure + 4, line_type(run, all[p]), quoted(all[p].name()));
  return text + "\n";
}

std::string commands(const StoredRun& run, const std::vector<std::string>& tensors, Drawing& drawing) {
  drawing.width = 1140;
  drawing.height = 480;
  std::string text =
      multiplot({.rows = 1, .columns = 3, .width = 1140, .height = 480, .key = 48, .bottom = 70}) +
      fmt::format("set xrange [-0.5:{}.5]\nset ylabel \"share of weights\"\nset xtics rotate by -40 ()\n",
                  tensors.size() - 1);
  for (std::size_t t = 0; t < tensors.size(); ++t)
    text += fmt::format("set xtics add ({} {}) noenhanced\n", quoted(tensors[t]), t);
  text += shared_key();
  for (std::size_t m = 0; m < std::size(kMeasures); ++m)
    if (has_marks(drawing.data[0].table, m)) text += panel(run, m) + "unset key\nunset ylabel\n";
  return text + "unset multiplot\n";
}

/// The tensor of the main pair that agrees least.
std::string found(const Table& stored, const Pair& pair) {
  const std::size_t comparison = *column_of(stored, "comparison"), tensor = *column_of(stored, "tensor");
  double least = 2, most = -1;
  std::string worst, best;
  for (const Row& row : stored.rows) {
    const double agreement = number_at(stored, row, kMeasures[0].column);
    if (row[comparison] != pair.name() || std::isnan(agreement)) continue;
    if (agreement < least) least = agreement, worst = row[tensor];
    if (agreement > most) most = agreement, best = row[tensor];
  }
  if (worst.empty()) return pair.name() + " were not compared.";
  return fmt::format("Of {} {} agrees least ({} of its weights end on the same level) and {} most ({}).", pair.name(),
                     worst, percent(least), best, percent(most));
}

std::optional<Drawing> draw_agreement_by_tensor(const StoredRun& run) {
  const auto stored = read_csv(run.directory() / "tables" / "agreement-by-tensor.csv");
  const auto pair = main_pair(run);
  if (!pair || !stored || !column_of(*stored, "comparison") || !column_of(*stored, "tensor")) return std::nullopt;
  Drawing drawing{.data = {{"", table_of(run, *stored)}}, .commands = "", .alt = found(*stored, *pair)};
  if (drawing.data[0].table.rows.empty()) return std::nullopt;
  drawing.commands = commands(run, tensor_names(*stored), drawing);
  return drawing;
}

}  // namespace

Figure agreement_by_tensor() {
  return {{.name = "agreement-by-tensor",
           .title = "Agreement by tensor",
           .caption = "For every quantized tensor, from the input to the output, the share of weights that end on the "
                      "same level, that went through the same sequence of levels, and that end on the same level among "
                      "those that ever changed; a mark for each comparison. The axes begin where the marks do, not at "
                      "zero."},
          draw_agreement_by_tensor};
}

}  // namespace steq::figures

// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "plots/figures/figure.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"

namespace steq::figures {
namespace {

constexpr int kOscillationWidth = 1140, kOscillationHeight = 400;

/// Rows of the learner's sum over all tensors, or of its only one.
std::vector<Row> rows_of(const Table& table, const std::string& learner) {
  std::vector<Row> all, rows;
  for (const Row& row : table.rows)
    if (row[0] == learner) (row[1] == "all" ? all : rows).push_back(row);
  return all.empty() ? rows : all;
}

/// Step, the flip ratio of every learner, the frequency of every learner.
Table curve_table(const Table& stored, const std::vector<std::string>& learners) {
  Table table{.caption = "", .header = {"step"}, .rows = {}};
  for (const std::string& learner : learners) table.header.push_back("flip ratio of " + learner);
  for (const std::string& learner : learners) table.header.push_back("frequency of " + learner);
  std::map<Step, Row> rows;  // of several learners, whose logs may end at different steps
  std::size_t cells = 1;
  for (const char* name : {"flip_ratio", "frequency"})
    for (const std::string& learner : learners) {
      for (const Row& stored_row : rows_of(stored, learner)) {
        const std::string& step = stored_row[*column_of(stored, "step")];
        Row& row = rows[static_cast<Step>(number_of(step))];
        row.resize(table.header.size());
        row[0] = step;
        row[cells] = stored_row[*column_of(stored, name)];
      }
      ++cells;
    }
  for (auto& [step, row] : rows) table.rows.push_back(std::move(row));
  return table;
}

/// A tensor and its share of oscillating weights in every learner.
Table tensor_table(const Table& stored, const std::vector<std::string>& learners) {
  Table table{.caption = "", .header = {"tensor"}, .rows = {}};
  const std::size_t share = *column_of(stored, "oscillating_share_0.01");
  std::map<std::string, std::size_t> places;
  for (std::size_t learner = 0; learner < learners.size(); ++learner) {
    table.header.push_back(learners[learner]);
    for (const Row& row : stored.rows) {
      if (row[0] != learners[learner] || row[1] == "all") continue;
      if (places.emplace(row[1], table.rows.size()).second) table.rows.emplace_back(1, row[1]);
      Row& cells = table.rows[places[row[1]]];
      cells.resize(learner + 1);
      cells.push_back(row[share]);
    }
  }
  for (Row& row : table.rows) row.resize(table.header.size());
  return table;
}

std::string curves(std::size_t first, const StoredRun& run) {
  const std::vector<int> types = line_types(run);
  std::string text;
  for (std::size_t i = 0; i < types.size(); ++i)
    text += fmt::format("{} data using 1:(100 * column({})) with lines lt {} title {}", i ? ", \\\n " : "plot",
                        first + i, types[i], quoted(run.learners()[i]));
  return text + "\n";
}

std::string tensor_panel(const Table& tensors, const std::vector<int>& types) {
  std::string text =
      "unset key\nset title \"oscillating weights (f > 0.005) at the end\"\nset xlabel \"\"\n"
      "set ylabel \"weights of the tensor, %\"\nset xtics rotate by 30 right noenhanced font \",10\"\n" +
      fmt::format("set xrange [-0.6:{}]\n", static_cast<double>(tensors.rows.size()) - 0.4);
  const std::size_t learners = tensors.header.size() - 1;
  for (std::size_t i = 0; i < learners; ++i)
    text += fmt::format("{} data_tensors using ($0 + {:.3g}):(100 * column({})){} with points lt {} ps 1",
                        i ? ", \\\n " : "plot", 0.5 * (static_cast<double>(i) / static_cast<double>(learners) - 0.4),
                        i + 2, i ? "" : ":xtic(1)", types[i]);
  return text + "\n";
}

std::string found(const Table& totals, const std::vector<std::string>& learners) {
  const auto value = [&](const Row& row, const char* name) { return number_of(row[*column_of(totals, name)]); };
  std::string text;
  for (const std::string& learner : learners)
    for (const Row& row : rows_of(totals, learner)) {
      text +=
          fmt::format("{}{}: {} of the weights flip at a mean update, {} oscillate at the end", text.empty() ? "" : " ",
                      learner, percent(value(row, "flip_ratio")), percent(value(row, "oscillating_share_0.01")));
      const double median = value(row, "dwell_median");
      text += median > 0 ? fmt::format(", half of the complete dwells last {} updates at most.", median) : ".";
    }
  return text;
}

/// Whether some learner's number of updates is known, without which nothing is a share of them.
bool steps_known(const Table& totals) {
  const std::size_t share = *column_of(totals, "flip_ratio");
  return std::ranges::any_of(totals.rows, [&](const Row& row) { return !row[share].empty(); });
}

std::optional<Drawing> draw_oscillation(const StoredRun& run) {
  const auto by_step = read_csv(run.directory() / "tables" / "oscillation-by-step.csv");
  const auto totals = read_csv(run.directory() / "tables" / "oscillation.csv");
  if (!by_step || !totals || by_step->rows.empty() || !steps_known(*totals)) return std::nullopt;
  const std::vector<std::string>& learners = run.learners();
  const Table tensors = tensor_table(*totals, learners);
  return Drawing{
      .data = {{"", curve_table(*by_step, learners)}, {"tensors", tensors}},
      .commands =
          multiplot({.rows = 1, .columns = 3, .width = kOscillationWidth, .height = kOscillationHeight, .key = 52}) +
          shared_key() +
          "set xlabel \"step (optimizer updates)\"\nset yrange [0:*]\nset title \"flips\"\n"
          "set ylabel \"weights, % per update\"\n" +
          curves(2, run) +
          "unset key\nset title \"oscillation frequency, mean over weights\"\n"
          "set ylabel \"mean f, %\"\n" +
          curves(2 + learners.size(), run) + tensor_panel(tensors, line_types(run)) + "unset multiplot\n",
      .alt = found(*totals, learners),
      .width = kOscillationWidth,
      .height = kOscillationHeight};
}

}  // namespace

Figure oscillation() {
  return {{.name = "oscillation",
           .title = "Oscillation",
           .caption = "Left: the share of quantized weights that change level at an update, mean over short intervals "
                      "of steps. Middle: oscillation frequency f, the exponential average with momentum 0.01 of "
                      "whether a weight changes level in the direction opposite to its last change (Nagel et al., "
                      "arXiv:2203.11086), mean over all weights. Right: for each quantized tensor, the share of "
                      "weights with f above 0.005 after the last update."},
          draw_oscillation};
}

}  // namespace steq::figures

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

constexpr std::size_t kMostPoints = 1000;  // of a curve

/// Step, the own component of every learner, the other one of every learner.
Table components_table(const Table& stored, const std::vector<std::string>& learners) {
  Table table{.caption = "", .header = {"step"}, .rows = {}};
  for (const char* kind : {"own", "other"})
    for (const std::string& learner : learners) table.header.push_back(fmt::format("{} of {}", kind, learner));
  std::map<std::string, std::size_t> row_of;  // by step
  for (const Row& row : stored.rows) {
    const auto learner = static_cast<std::size_t>(std::ranges::find(learners, row[0]) - learners.begin());
    if (learner == learners.size()) continue;
    const auto [at, is_new] = row_of.emplace(row[1], table.rows.size());
    if (is_new) table.rows.emplace_back(table.header.size()).front() = row[1];
    table.rows[at->second][1 + learner] = row[*column_of(stored, "own")];
    table.rows[at->second][1 + learners.size() + learner] = row[*column_of(stored, "other")];
  }
  Table thin = {.caption = "", .header = std::move(table.header), .rows = {}};
  for (const std::size_t row : thinned(table.rows.size(), kMostPoints)) thin.rows.push_back(std::move(table.rows[row]));
  return thin;
}

std::string components_panel(const std::vector<std::string>& learners, const std::vector<int>& types,
                             std::size_t first) {
  std::string text;
  for (std::size_t i = 0; i < learners.size(); ++i)
    text += fmt::format("{} data using 1:{} with lines lt {} title {} noenhanced", i ? ", \\\n " : "plot", first + i,
                        types[i], quoted(learners[i]));
  return text + "\n";
}

/// Whether own components ever shrink, which the theorem excludes for orthogonal planes.
std::string found_growth(const Table& stored, const std::vector<std::string>& learners) {
  std::string text;
  for (const std::string& learner : learners) {
    double least = 0;
    for (const Row& row : stored.rows)
      if (const std::string& growth = row[*column_of(stored, "least_growth")]; row[0] == learner && !growth.empty())
        least = std::min(least, number_of(growth));
    text += fmt::format("{}{}: {}.", text.empty() ? "" : " ", learner,
                        least < 0 ? fmt::format("an own component shrinks by {:.3g} between two records", -least)
                                  : std::string("no own component ever shrinks"));
  }
  return text;
}

std::optional<Drawing> draw_class_components(const StoredRun& run) {
  const auto stored = read_csv(run.directory() / "tables" / "class-components.csv");
  if (!stored || stored->rows.empty()) return std::nullopt;
  const std::vector<std::string>& learners = run.learners();
  Drawing drawing{.data = {{"", components_table(*stored, learners)}},
                  .commands = "",
                  .alt = found_growth(*stored, learners),
                  .width = 940,
                  .height = 420};
  const std::vector<int> types = line_types(run);
  drawing.commands = multiplot({.rows = 1, .columns = 2, .width = 940, .height = 420, .key = 48}) + shared_key() +
                     "set xlabel \"step (optimizer updates)\"\nset yrange [0:*]\n"
                     "set title \"component in the plane of the neuron's own class\"\nset ylabel \"mean norm\"\n" +
                     components_panel(learners, types, 2) + "unset key\nset title \"component in the other plane\"\n" +
                     components_panel(learners, types, 2 + learners.size()) + "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure class_components() {
  return {
      {.name = "class-components",
       .title = "Class components",
       .caption = "Two planes classified through a quantized ReLU: norms of the components of the hidden weights in "
                  "the two planes, means over all neurons. For orthogonal planes the own component of no neuron "
                  "shrinks while surrogates of the theorem's class train (Long, Yin, Xin, arXiv:2011.11256)."},
      draw_class_components};
}

}  // namespace steq::figures

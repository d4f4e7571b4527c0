// SPDX-License-Identifier: MIT
#include "plots/figures/traced_weight.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>

#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"

namespace steq {
namespace {

constexpr std::size_t kMostRecords = 1000;  // of latent weights

/// The thresholds lie at the halves, and between them it is even; beyond the outermost ones as in the last bin.
double in_levels(double w, std::span<const double> at, const Grid& grid) {
  const auto bins = static_cast<std::ptrdiff_t>(at.size()) - 1, below = std::ranges::upper_bound(at, w) - at.begin();
  const auto j =
      static_cast<std::size_t>(std::clamp(below - 1, std::ptrdiff_t{0}, std::max(bins - 1, std::ptrdiff_t{0})));
  const double width = bins > 0 ? at[j + 1] - at[j] : grid.levels[1] - grid.levels[0];
  const double place = static_cast<double>(j) + 0.5 + (width > 0 ? (w - at[j]) / width : 0);
  return std::clamp(place, -1.0, static_cast<double>(grid.levels.size()));
}

/// Latent weights in levels, a cell for each record, of one weight; empty where thresholds are not known.
std::vector<std::string> latent_cells(const StoredRun& run, const std::string& learner, const std::string& tensor,
                                      const Grid& grid, std::size_t weight) {
  const std::vector<double> all = run.logs().latent(learner, tensor);
  const std::size_t records = run.logs().latent_steps(learner).size(), weights = records > 0 ? all.size() / records : 0;
  const std::vector<double> thresholds = run.logs().latent_thresholds(learner, tensor);
  const std::size_t bounds = grid.thresholds.size();
  std::vector<std::string> cells;
  for (std::size_t r = 0; !thresholds.empty() && weight < weights && r < records; ++r)
    cells.push_back(
        cell(in_levels(all[r * weights + weight], std::span(thresholds).subspan(r * bounds, bounds), grid)));
  return cells;
}

}  // namespace

Table process_table(const TracedWeight& weight, Step steps, const Pair& pair) {
  std::map<Step, std::array<std::string, 4>> rows;
  const auto add = [&](const LearningProcess& process, std::size_t column) {
    for (std::size_t i = 0; i < process.size(); ++i) {
      rows[process.steps[i]][column] = fmt::format("{}", process.levels[i]);
      if (i > 0) rows[process.steps[i]][column + 2] = rows[process.steps[i]][column];
    }
  };
  add(weight.a, 0);
  add(weight.b, 1);
  rows[steps];
  Table table{.caption = "",
              .header = {"step", pair.a, pair.b, "change points of " + pair.a, "change points of " + pair.b},
              .rows = {}};
  std::array<std::string, 4> last;
  for (auto& [step, cells] : rows) {
    for (const std::size_t column : {0, 1}) {
      if (cells[column].empty()) cells[column] = last[column];
      last[column] = cells[column];
    }
    table.rows.push_back({fmt::format("{}", step), cells[0], cells[1], cells[2], cells[3]});
  }
  return table;
}

Table latent_table(const StoredRun& run, const TracedWeight& weight, const std::string& tensor, const Pair& pair) {
  Table table{.caption = "", .header = {"step", pair.a, pair.b}, .rows = {}};
  const std::vector<Step> steps = run.logs().latent_steps(pair.a);
  if (steps != run.logs().latent_steps(pair.b)) return table;
  std::vector<std::string> a = latent_cells(run, pair.a, tensor, weight.grid_a, weight.number),
                           b = latent_cells(run, pair.b, tensor, weight.grid_b, weight.number);
  if (a.empty() && b.empty()) return table;
  a.resize(steps.size());
  b.resize(steps.size());
  for (const std::size_t r : thinned(steps.size(), kMostRecords))
    table.rows.push_back({fmt::format("{}", steps[r]), a[r], b[r]});
  return table;
}

std::pair<int, int> extent(const TracedWeight& weight, const Table& latent) {
  int low = std::min(std::ranges::min(weight.a.levels), std::ranges::min(weight.b.levels));
  int high = std::max(std::ranges::max(weight.a.levels), std::ranges::max(weight.b.levels));
  for (const Row& row : latent.rows)
    for (const std::size_t column : {1, 2})
      if (const double w = number_of(row[column]); std::isfinite(w)) {
        low = std::min(low, static_cast<int>(std::lround(w)));
        high = std::max(high, static_cast<int>(std::lround(w)));
      }
  return {low, high};
}

}  // namespace steq

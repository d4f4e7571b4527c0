// SPDX-License-Identifier: MIT
#include "plots/figures/traced_weight.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"

namespace steq {
namespace {

constexpr std::size_t kMostRecords = 1000;  // of latent weights

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
  if (steps != run.logs().latent_steps(pair.b) || steps.empty() || weight.grid.delta <= 0) return table;
  const std::vector<double> a = run.logs().latent(pair.a, tensor), b = run.logs().latent(pair.b, tensor);
  const std::size_t weights = a.size() / steps.size();
  if (a.size() != b.size() || weights <= weight.chosen.weight) return table;
  const auto position = [&](double w) { return cell((w - weight.grid.levels.front()) / weight.grid.delta); };
  for (const std::size_t r : thinned(steps.size(), kMostRecords)) {
    const std::size_t at = r * weights + weight.chosen.weight;
    table.rows.push_back({fmt::format("{}", steps[r]), position(a.at(at)), position(b.at(at))});
  }
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

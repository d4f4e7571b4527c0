// SPDX-License-Identifier: MIT
// How many dwells of each tensor lasted from `from` to `to` updates: complete ones, the first of a weight, and those
// that the end of training cut off; these are empty where the run does not say how many updates there were.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/analysis/oscillation_rows.hpp"
#include "sim/metrics/dwell_times.hpp"

namespace steq::analysis {
namespace {

void add_rows(Table& table, const std::string& learner, const std::string& tensor, const DwellTimes& times,
              bool steps_known) {
  std::vector<std::vector<std::uint64_t>> kinds{dwell_bins(times.complete), dwell_bins(times.first)};
  if (steps_known) kinds.push_back(dwell_bins(times.open));
  const std::size_t bins = std::ranges::max(kinds, {}, &std::vector<std::uint64_t>::size).size();
  for (std::size_t bin = 0; bin < bins; ++bin) {
    Row row{learner, tensor, fmt::format("{}", bin == 0 ? 0 : std::size_t{1} << bin),
            fmt::format("{}", (std::size_t{2} << bin) - 1)};
    for (const auto& kind : kinds) row.push_back(fmt::format("{}", bin < kind.size() ? kind[bin] : 0));
    row.resize(table.header.size());
    table.rows.push_back(row);
  }
}

std::optional<Table> make_dwell_times(const AnalysedRun& run) {
  Table table{.caption = "",
              .header = {"learner", "tensor", "from", "to", "dwells", "first_dwells", "open_dwells"},
              .rows = {}};
  for_each_tensor(
      run, [](const ChangePointLog& log, Step steps) { return steq::dwell_times(log, steps); },
      [&](const std::string& learner, const auto&... rows) {
        add_rows(table, learner, rows..., run.stored().known_steps(learner).has_value());
      });
  return table.rows.empty() ? std::nullopt : std::optional(table);
}

}  // namespace

RunTable dwell_times() { return {"dwell-times", make_dwell_times}; }

}  // namespace steq::analysis

// SPDX-License-Identifier: MIT
// How restless the levels of each tensor were over the whole run; docs/oscillation.md defines the columns. Cells that
// depend on the number of updates are empty where the run does not say it.
#include <fmt/format.h>

#include "experiments/analysis/oscillation_rows.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/metrics/dwell_times.hpp"
#include "sim/metrics/oscillation_totals.hpp"

namespace steq::analysis {
namespace {

// The two momenta with which Nagel et al.'s program tracks oscillations.
constexpr OscillationSettings kShort{.momentum = 0.01}, kLong{.momentum = 0.001};

struct Restlessness {
  OscillationTotals brief, extended;
  DwellTimes dwells;

  Restlessness& operator+=(const Restlessness& other) {
    brief += other.brief;
    extended += other.extended;
    dwells += other.dwells;
    return *this;
  }
};

std::string steps_text(const std::optional<Step>& steps) { return steps ? fmt::format("{}", *steps) : ""; }

Row row_of(const std::string& learner, const std::string& tensor, const Restlessness& r, bool steps_known) {
  const auto by_steps = [&](const std::string& text) { return steps_known ? text : ""; };
  return {learner,
          tensor,
          fmt::format("{}", r.brief.weights),
          by_steps(fmt::format("{}", r.brief.steps)),
          fmt::format("{}", r.brief.changes),
          by_steps(cell(r.brief.flip_ratio())),
          fmt::format("{}", r.brief.reversals),
          fmt::format("{}", r.brief.largest_jump),
          by_steps(cell(r.brief.mean_frequency())),
          by_steps(cell(r.brief.oscillating_share())),
          by_steps(cell(r.extended.mean_frequency())),
          by_steps(cell(r.extended.oscillating_share())),
          fmt::format("{}", dwell_count(r.dwells.complete)),
          steps_text(dwell_quantile(r.dwells.complete, 0.1)),
          steps_text(dwell_quantile(r.dwells.complete, 0.5)),
          steps_text(dwell_quantile(r.dwells.complete, 0.9)),
          fmt::format("{}", dwell_count(r.dwells.open)),
          fmt::format("{}", r.dwells.unchanged)};
}

std::optional<Table> make_oscillation(const AnalysedRun& run) {
  Table table{
      .caption = "",
      .header = {"learner", "tensor", "weights", "steps", "change_points", "flip_ratio", "reversals", "largest_jump",
                 "frequency_0.01", "oscillating_share_0.01", "frequency_0.001", "oscillating_share_0.001", "dwells",
                 "dwell_p10", "dwell_median", "dwell_p90", "open_dwells", "unchanged_weights"},
      .rows = {}};
  const auto measure = [](const ChangePointLog& log, Step steps) {
    return Restlessness{oscillation_totals(log, kShort, steps), oscillation_totals(log, kLong, steps),
                        dwell_times(log, steps)};
  };
  for_each_tensor(run, measure, [&](const std::string& learner, const auto&... row) {
    table.rows.push_back(row_of(learner, row..., run.stored().known_steps(learner).has_value()));
  });
  return table.rows.empty() ? std::nullopt : std::optional(table);
}

}  // namespace

RunTable oscillation() { return {"oscillation", make_oscillation}; }

}  // namespace steq::analysis

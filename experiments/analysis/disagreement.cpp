// SPDX-License-Identifier: MIT
// step, then for each comparison "a / b" the share of weights on different levels after that step.
#include <fmt/format.h>

#include "experiments/analysis/run_table.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq::analysis {
namespace {

std::optional<Table> make_disagreement(const AnalysedRun& run) {
  const std::vector<Pair> pairs = run.pairs_on_levels();
  const std::size_t weights = pairs.empty() ? 0 : weight_count(run.learner(pairs.front().a));
  if (weights == 0) return std::nullopt;
  const Step steps = run.stored().steps();
  Table table{.caption = "", .header = {"step"}, .rows = {}};
  for (std::size_t step = 0; step <= steps; ++step) table.rows.push_back({fmt::format("{}", step)});
  for (const Pair& pair : pairs) {
    table.header.push_back(pair.name());
    const auto curve = disagreement_curve(run.learner(pair.a), run.learner(pair.b), steps);
    for (std::size_t step = 0; step < curve.size(); ++step)
      table.rows[step].push_back(
          fmt::format("{:.6g}", static_cast<double>(curve[step]) / static_cast<double>(weights)));
  }
  return table;
}

}  // namespace

RunTable disagreement() { return {"disagreement", make_disagreement}; }

}  // namespace steq::analysis

// SPDX-License-Identifier: MIT
// Every distinct estimator of the run on a grid that stands, as a graph: estimator, curve (several where more than w decides), then in units
// of delta u = w / delta, q, the staircase whose slope is q, the quantizer, and M (empty where it does not exist).
#include <algorithm>

#include "experiments/analysis/run_table.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/quantizers/range_one.hpp"
#include "theory/estimator_graph.hpp"
#include "theory/reasons.hpp"

namespace steq::analysis {
namespace {

constexpr double kPeriods = 3;  ///< to either side of 0

bool same_curve(const LearnerConfig& a, const LearnerConfig& b) {
  return to_text(a.estimator) == to_text(b.estimator) && to_text(a.quantizer) == to_text(b.quantizer);
}

std::vector<LearnerConfig> distinct_curves(const ExperimentConfig& config) {
  std::vector<LearnerConfig> distinct;
  for (const LearnerConfig& learner : config.learners)
    if (std::ranges::none_of(distinct, [&](const LearnerConfig& other) { return same_curve(learner, other); }))
      distinct.push_back(learner);
  return distinct;
}

void add_rows(Table& table, const std::string& name, const EstimatorGraph& graph, double unit) {
  for (const EstimatorGraph::Curve& curve : graph.q)
    for (std::size_t i = 0; i < graph.w.size(); ++i)
      table.rows.push_back({name, curve.label, cell(graph.w[i] * unit), cell(curve.y[i]), cell(graph.soft[i] * unit),
                            cell(graph.hard[i] * unit), graph.map.empty() ? "" : cell(graph.map[i] * unit)});
}

std::optional<Table> make_estimators(const AnalysedRun& run) {
  if (!run.config()) return std::nullopt;
  Table table{.caption = "", .header = {"estimator", "curve", "u", "q", "soft", "hard", "map"}, .rows = {}};
  for (const LearnerConfig& learner : distinct_curves(*run.config())) {
    const auto quantizer = quantizer_registry().make(learner.quantizer, "quantizer", TensorShape{kFanInOfRangeOne});
    if (!obstacle_of_grid(*quantizer).empty()) continue;
    const Grid& grid = quantizer->grid();
    const auto estimator = estimator_registry().make(learner.estimator, "estimator", grid);
    add_rows(table, to_text(learner.estimator), estimator_graph(*estimator, *quantizer, {.periods = kPeriods}),
             grid.range / grid.delta);
  }
  return table.rows.empty() ? std::nullopt : std::optional(table);
}

}  // namespace

RunTable estimators() { return {"estimators", make_estimators}; }

}  // namespace steq::analysis

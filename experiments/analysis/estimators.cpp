// SPDX-License-Identifier: MIT
// Every distinct estimator of the run as a graph: estimator, curve (several where more than w decides), then in units
// of delta u = w / delta, q, the staircase whose slope is q, the quantizer, and M (empty where it does not exist).
#include <algorithm>

#include "experiments/analysis/run_table.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/quantizers/range_one.hpp"
#include "theory/estimator_graph.hpp"

namespace steq::analysis {
namespace {

constexpr double kPeriods = 3;  ///< to either side of 0

std::vector<Spec> distinct_estimators(const ExperimentConfig& config) {
  std::vector<Spec> distinct;
  for (const LearnerConfig& learner : config.learners)
    if (std::ranges::none_of(distinct, [&](const Spec& spec) { return to_text(spec) == to_text(learner.estimator); }))
      distinct.push_back(learner.estimator);
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
  const auto quantizer = quantizer_registry().make(run.config()->quantizer, "quantizer", kFanInOfRangeOne);
  const Grid& grid = quantizer->grid();
  const double unit = grid.delta > 0 ? grid.range / grid.delta : 1;
  Table table{.caption = "", .header = {"estimator", "curve", "u", "q", "soft", "hard", "map"}, .rows = {}};
  for (const Spec& spec : distinct_estimators(*run.config()))
    add_rows(table, to_text(spec),
             estimator_graph(*estimator_registry().make(spec, "estimator", grid), *quantizer, {.periods = kPeriods}),
             unit);
  return table;
}

}  // namespace

RunTable estimators() { return {"estimators", make_estimators}; }

}  // namespace steq::analysis

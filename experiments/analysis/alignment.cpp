// SPDX-License-Identifier: MIT
// epoch, step, then for each comparison "a / b" the metric alignment_error_per_bin of the weights stored then. Unlike
// weight_alignment_error it needs no path, so it is defined at every snapshot whose weights were stored. Empty where a
// comparison has none, or no M is known.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/analysis/run_table.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/metrics/alignment_totals.hpp"

namespace steq::analysis {
namespace {

/// Weights were stored then under this name.
struct Snapshot {
  std::string name;
  std::string epoch, step;
};

std::string step_of(const StoredRun& run, int epoch) {
  for (const Json& entry : run.history())
    if (entry.is_object() && entry.value("epoch", 0) == epoch)
      return entry.contains("step") ? entry["step"].dump() : "";
  return "";
}

std::vector<Snapshot> snapshots_of(const StoredRun& run, const std::string& learner) {
  std::vector<Snapshot> snapshots{{"initial", "0", "0"}};
  for (const int epoch : run.weight_epochs(learner))
    snapshots.push_back({fmt::format("epoch-{}", epoch), fmt::format("{}", epoch), step_of(run, epoch)});
  return snapshots;
}

/// The learner as it was then; a tensor whose weights or levels were not stored is left out.
LearnerTrace trace_at(const StoredRun& run, const std::string& learner, const std::string& snapshot) {
  LearnerTrace trace;
  for (const StoredTensor& tensor : run.weight_tensors(learner, snapshot))
    if (const auto grid = run.logs().grid(learner, tensor.name)) {
      const std::vector<double> weights = values_of(tensor, tensor.name);
      trace.tensors.push_back({.name = tensor.name, .grid = *grid, .initial = weights, .final = weights});
    }
  return trace;
}

bool comparable(const LearnerTrace& a, const LearnerTrace& b) {
  return !a.tensors.empty() && std::ranges::equal(a.tensors, b.tensors, [](const TensorTrace& x, const TensorTrace& y) {
    return x.name == y.name && x.final.size() == y.final.size();
  });
}

Row row_of(const AnalysedRun& run, const std::vector<std::optional<WeightMap>>& maps, const Snapshot& snapshot) {
  std::map<std::string, LearnerTrace> traces;
  for (const std::string& learner : run.stored().learners())
    traces[learner] = trace_at(run.stored(), learner, snapshot.name);
  Row row{snapshot.epoch, snapshot.step};
  for (std::size_t p = 0; p < run.pairs().size(); ++p) {
    const LearnerTrace &a = traces[run.pairs()[p].a], &b = traces[run.pairs()[p].b];
    row.emplace_back();
    if (!maps[p] || !comparable(a, b)) continue;
    const AlignmentTotals totals = alignment_totals(a, b, *maps[p]);
    if (totals.bins > 0) row.back() = cell(totals.distance / totals.bins);
  }
  return row;
}

std::optional<Table> make_alignment(const AnalysedRun& run) {
  if (run.pairs().empty()) return std::nullopt;
  Table table{.caption = "", .header = {"epoch", "step"}, .rows = {}};
  std::vector<std::optional<WeightMap>> maps;
  for (const Pair& pair : run.pairs()) {
    table.header.push_back(pair.name());
    maps.push_back(run.map(pair));
  }
  bool any = false;
  for (const Snapshot& snapshot : snapshots_of(run.stored(), run.pairs().front().a)) {
    table.rows.push_back(row_of(run, maps, snapshot));
    any |= std::ranges::any_of(table.rows.back().begin() + 2, table.rows.back().end(),
                               [](const std::string& cell) { return !cell.empty(); });
  }
  return any ? std::optional(table) : std::nullopt;
}

}  // namespace

RunTable alignment() { return {"alignment", make_alignment}; }

}  // namespace steq::analysis

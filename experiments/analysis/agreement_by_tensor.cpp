// SPDX-License-Identifier: MIT
// How well the two learners of each comparison agree in each quantized tensor; the columns are metrics of that name,
// of one tensor alone. Empty cells are undefined, or never diverge.
#include <fmt/format.h>

#include "experiments/analysis/run_table.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/metrics/first_divergence.hpp"
#include "sim/metrics/sequence_totals.hpp"

namespace steq::analysis {
namespace {

LearnerTrace only(const LearnerTrace& learner, std::size_t tensor) {
  LearnerTrace trace;
  trace.name = learner.name;
  trace.tensors = {learner.tensors[tensor]};
  return trace;
}

std::string share(std::uint64_t some, std::uint64_t whole) {
  return whole > 0 ? cell(static_cast<double>(some) / static_cast<double>(whole)) : "";
}

Row row_of(const Pair& pair, const LearnerTrace& a, const LearnerTrace& b) {
  const SequenceTotals totals = sequence_totals(a, b);
  const auto first = first_divergence(a, b);
  return {pair.name(),
          a.tensors[0].name,
          fmt::format("{}", totals.weights),
          share(totals.changed, totals.weights),
          share(totals.final_agreeing, totals.weights),
          share(totals.agreeing, totals.weights),
          share(totals.final_agreeing_changed, totals.changed),
          share(totals.agreeing_changed, totals.changed),
          first ? fmt::format("{}", first->step) : ""};
}

std::optional<Table> make_agreement_by_tensor(const AnalysedRun& run) {
  Table table{.caption = "",
              .header = {"comparison", "tensor", "weights", "changed_weight_share", "quantized_weight_agreement",
                         "change_point_sequence_agreement", "quantized_weight_agreement_of_changed",
                         "change_point_sequence_agreement_of_changed", "first_divergence_step"},
              .rows = {}};
  for (const Pair& pair : run.pairs_on_levels()) {
    const LearnerTrace &a = run.learner(pair.a), &b = run.learner(pair.b);
    for (std::size_t t = 0; t < std::min(a.tensors.size(), b.tensors.size()); ++t)
      table.rows.push_back(row_of(pair, only(a, t), only(b, t)));
  }
  return table.rows.empty() ? std::nullopt : std::optional(table);
}

}  // namespace

RunTable agreement_by_tensor() { return {"agreement-by-tensor", make_agreement_by_tensor}; }

}  // namespace steq::analysis

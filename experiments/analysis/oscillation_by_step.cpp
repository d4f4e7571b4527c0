// SPDX-License-Identifier: MIT
// The same over time, at no more than some hundred steps: ratios are means over the updates since the row before,
// frequency and oscillating_share are those after that step. Step 0, at which nothing has changed, has no row.
#include <fmt/format.h>

#include <numeric>

#include "experiments/analysis/oscillation_rows.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/metrics/oscillation_curve.hpp"

namespace steq::analysis {
namespace {

constexpr std::size_t kMostRows = 80;  ///< a tensor

struct Measured {
  std::size_t weights = 0;
  OscillationCurve curve;

  Measured& operator+=(const Measured& other) {
    weights += other.weights;
    curve += other.curve;
    return *this;
  }
};

/// Mean of entries (first, last] for each weight.
double mean(const std::vector<std::uint64_t>& entries, std::size_t first, std::size_t last, double weights) {
  const auto at = [&](std::size_t i) { return entries.begin() + static_cast<std::ptrdiff_t>(i); };
  const auto sum = std::accumulate(at(first + 1), at(last + 1), std::uint64_t{0});
  return static_cast<double>(sum) / static_cast<double>(last - first) / weights;
}

void add_rows(Table& table, const std::string& learner, const std::string& tensor, const Measured& measured) {
  if (measured.weights == 0) return;
  const auto weights = static_cast<double>(measured.weights);
  const OscillationCurve& curve = measured.curve;
  const std::vector<std::size_t> steps = thinned(curve.flips.size(), kMostRows);
  for (std::size_t i = 1; i < steps.size(); ++i)
    table.rows.push_back(
        {learner, tensor, fmt::format("{}", steps[i]), cell(mean(curve.flips, steps[i - 1], steps[i], weights)),
         cell(mean(curve.reversals, steps[i - 1], steps[i], weights)), cell(curve.frequency_sum[steps[i]] / weights),
         cell(static_cast<double>(curve.oscillating[steps[i]]) / weights)});
}

std::optional<Table> make_oscillation_by_step(const AnalysedRun& run) {
  Table table{.caption = "",
              .header = {"learner", "tensor", "step", "flip_ratio", "reversal_ratio", "frequency", "oscillating_share"},
              .rows = {}};
  const auto measure = [](const ChangePointLog& log, Step steps) {
    return Measured{log.initial_levels().size(), oscillation_curve(log, {}, steps)};
  };
  for_each_tensor(run, measure, [&](const auto&... rows) { add_rows(table, rows...); });
  return table.rows.empty() ? std::nullopt : std::optional(table);
}

}  // namespace

RunTable oscillation_by_step() { return {"oscillation-by-step", make_oscillation_by_step}; }

}  // namespace steq::analysis

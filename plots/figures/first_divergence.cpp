// SPDX-License-Identifier: MIT
#include "sim/metrics/first_divergence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/figures/figure.hpp"
#include "plots/figures/pair_curves.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "records/stored_learner.hpp"
#include "sim/metrics/disagreement.hpp"
#include "sim/processes/learning_processes.hpp"

namespace steq::figures {
namespace {

constexpr Step kBefore = 15, kAfter = 45;  // steps shown around the first divergence

/// The level of one weight after every step.
std::vector<Level> levels_of(const LearnerTrace& learner, const FirstDivergence& first, Step last) {
  const auto tensor = std::ranges::find(learner.tensors, first.tensor, &TensorTrace::name);
  const LearningProcesses processes(*tensor->log);
  const LearningProcess process = processes[tensor->place(first.weight)];
  std::vector<Level> levels;
  for (std::size_t entry = 0, step = 0; step <= last; ++step) {
    while (entry + 1 < process.size() && process.steps[entry + 1] <= step) ++entry;
    levels.push_back(process.levels[entry]);
  }
  return levels;
}

/// Step, the weight's level in a and b, then weights apart for every pair.
Table table_of(const LearnerTrace& a, const LearnerTrace& b, const FirstDivergence& first,
               const std::vector<PairCurve>& apart) {
  const auto last = std::min<Step>(first.step + kAfter, static_cast<Step>(apart.front().values.size() - 1));
  const std::vector<Level> in_a = levels_of(a, first, last), in_b = levels_of(b, first, last);
  Table table{.caption = "", .header = {"step", "level in " + a.name, "level in " + b.name}, .rows = {}};
  for (const PairCurve& curve : apart) table.header.push_back(curve.pair.name());
  for (Step step = first.step > kBefore ? first.step - kBefore : 0; step <= last; ++step) {
    Row& row = table.rows.emplace_back(Row{cell(step), cell(in_a[step]), cell(in_b[step])});
    for (const PairCurve& curve : apart) row.push_back(cell(curve.values[step]));
  }
  return table;
}

/// Numbers of weights instead of shares.
std::vector<PairCurve> weights_apart(const StoredRun& run, std::size_t weights) {
  std::vector<PairCurve> curves = disagreement(run);
  for (PairCurve& curve : curves)
    for (double& value : curve.values) value = std::round(value * static_cast<double>(weights));
  return curves;
}

std::string commands(const std::string& weight, Step step, const StoredRun& run, const Pair& pair,
                     const std::vector<PairCurve>& apart) {
  std::string text =
      multiplot({.rows = 1, .columns = 2, .width = 1080, .height = 400, .key = 32, .spacing_x = 110}) +
      fmt::format("set arrow from {0}, graph 0 to {0}, graph 1 nohead back lc rgb \"#888888\" lw 1 dt 3\n", step) +
      fmt::format(
          "set xlabel \"step (optimizer updates)\"\nset ylabel {} noenhanced\n"
          "set ytics 1\nset offsets 0,0,0.3,0.3\nset autoscale xfix\n"
          "plot data using 1:2 with steps {} lw 6 title {}, \\\n  data using 1:3 with steps lt {} lw 2 title {}\n",
          quoted("level of " + weight), pale(line_type(run, pair.a)), quoted(pair.a), line_type(run, pair.b),
          quoted(pair.b)) +
      "set ytics auto\nunset offsets\nset logscale y\nset yrange [0.7:*]\nset ylabel \"weights on different levels\"\n";
  for (std::size_t i = 0; i < apart.size(); ++i)
    text += fmt::format("{} data using 1:(positive(column({}))) with steps lt {} title {}", i ? ", \\\n " : "plot",
                        i + 4, apart[i].line_type, quoted(apart[i].pair.name()));
  return text + "\nunset multiplot\n";
}

std::optional<Drawing> draw_first_divergence(const StoredRun& run) {
  const auto pair = main_pair(run);
  if (!pair) return std::nullopt;
  const StoredLearner a(run, pair->a), b(run, pair->b);
  if (weight_count(a.trace()) == 0) return std::nullopt;
  const auto first = first_divergence(a.trace(), b.trace());
  if (!first) return std::nullopt;
  const std::string weight = weight_name(first->tensor, first->weight, run.shape(pair->a, first->tensor));
  const std::vector<PairCurve> apart = weights_apart(run, weight_count(a.trace()));
  if (apart.empty()) return std::nullopt;
  return Drawing{
      .data = {{"", table_of(a.trace(), b.trace(), *first, apart)}},
      .commands = commands(weight, first->step, run, *pair, apart),
      .alt = fmt::format("{} and {} diverge first at step {}, in {}: level {} in {}, level {} in {}.", pair->a, pair->b,
                         first->step, weight, first->level_a, pair->a, first->level_b, pair->b),
      .width = 1080,
      .height = 400};
}

}  // namespace

Figure first_divergence() {
  return {
      {.name = "first-divergence",
       .title = "The first divergence",
       .caption = "Left: the weight that is the first to stand on different levels in the two learners of the "
                  "main comparison, around that step (dotted); between two neighbouring levels lies a threshold. "
                  "Right: how many weights stand on different levels in the same steps, for every comparison. A "
                  "weight that crosses a threshold a step earlier in one learner diverges and comes together again."},
      draw_first_divergence};
}

}  // namespace steq::figures

// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/figure.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "records/stored_learner.hpp"
#include "sim/metrics/comparison.hpp"
#include "sim/processes/learning_processes.hpp"

namespace steq::figures {
namespace {

constexpr std::size_t kMostRows = 240, kMostDots = 8000;

enum Whose { in_both, only_in_a, only_in_b };

struct Dot {
  Step step;
  Level level;
  Whose whose;
};

/// A weight that changed its level in at least one of the learners.
struct ChangedWeight {
  std::string tensor;
  WeightIndex weight;
  std::vector<Dot> dots;  ///< in order of steps
};

/// Change points of both, those of the same step and level as one.
std::vector<Dot> merged(const LearningProcess& a, const LearningProcess& b) {
  std::vector<Dot> dots;
  std::size_t i = 1, j = 1;  // the first entries are initial levels
  while (i < a.size() || j < b.size()) {
    const bool a_next = j == b.size() || (i < a.size() && a.steps[i] <= b.steps[j]);
    const bool b_next = i == a.size() || (j < b.size() && b.steps[j] <= a.steps[i]);
    if (a_next && b_next && a.levels[i] == b.levels[j])
      dots.push_back({a.steps[i], a.levels[i], in_both}), ++i, ++j;
    else if (a_next)
      dots.push_back({a.steps[i], a.levels[i], only_in_a}), ++i;
    else
      dots.push_back({b.steps[j], b.levels[j], only_in_b}), ++j;
  }
  return dots;
}

/// Of one tensor, by the step of their first change point.
std::vector<ChangedWeight> changed_weights(const TensorTrace& a, const TensorTrace& b) {
  const LearningProcesses in_a(*a.log), in_b(*b.log);
  std::vector<ChangedWeight> changed;
  for (std::size_t weight = 0; weight < in_a.weights(); ++weight)
    if (in_a[weight].changes() + in_b[weight].changes() > 0)
      changed.push_back({a.name, a.weight(weight), merged(in_a[weight], in_b[weight])});
  std::ranges::stable_sort(changed, {}, [](const ChangedWeight& w) { return w.dots.front().step; });
  return changed;
}

/// All tensors, each with as many rows as any other or all that it has; the limit is halved until the marks are few
/// enough.
std::vector<ChangedWeight> chosen(const std::vector<std::vector<ChangedWeight>>& tensors) {
  for (std::size_t limit = std::max<std::size_t>(kMostRows / tensors.size(), 1);; limit /= 2) {
    std::vector<ChangedWeight> rows;
    std::size_t dots = 0;
    for (const auto& tensor : tensors)
      for (const std::size_t i : thinned(tensor.size(), limit)) dots += rows.emplace_back(tensor[i]).dots.size();
    if (dots <= kMostDots || limit == 1) return rows;
  }
}

Table table_of(const std::vector<ChangedWeight>& rows) {
  Table table{.caption = "", .header = {"row", "tensor", "weight", "step", "level", "whose"}, .rows = {}};
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (const Dot& dot : rows[row].dots)
      table.rows.push_back({cell(static_cast<double>(row)), rows[row].tensor,
                            cell(static_cast<double>(rows[row].weight)), cell(dot.step), cell(dot.level),
                            cell(dot.whose)});
  return table;
}

/// The name of each tensor beside its rows, and a line below them.
std::string tensor_tics(const std::vector<ChangedWeight>& rows) {
  std::string text = "set ytics () noenhanced\n";
  for (std::size_t first = 0, end = 0; first < rows.size(); first = end) {
    while (end < rows.size() && rows[end].tensor == rows[first].tensor) ++end;
    text +=
        fmt::format("set ytics add ({} {})\n", quoted(rows[first].tensor), static_cast<double>(first + end - 1) / 2);
    if (first > 0)
      text += fmt::format("set arrow from graph 0, first {0} to graph 1, first {0} nohead back lc rgb \"#888888\"\n",
                          static_cast<double>(first) - 0.5);
  }
  return text;
}

std::string commands(const std::vector<ChangedWeight>& rows, const Pair& pair, const StoredRun& run) {
  const auto dots = [](Whose whose, const std::string& look, const std::string& title) {
    return fmt::format("using 4:($6=={} ? $1 : NaN) with points {} ps 0.45 title {}", static_cast<int>(whose), look,
                       quoted(title));
  };
  return fmt::format("set xlabel \"step (optimizer updates)\"\nset xrange [0:{}]\nset yrange [-1:{}]\n", run.steps(),
                     rows.size()) +
         tensor_tics(rows) + "plot data " + dots(in_both, "pt 7 lc rgb \"#000000\"", "both learners") +
         ", \\\n  \"\" " + dots(only_in_a, fmt::format("lt {} pt 9", line_type(run, pair.a)), "only " + pair.a) +
         ", \\\n  \"\" " + dots(only_in_b, fmt::format("lt {} pt 10", line_type(run, pair.b)), "only " + pair.b) + "\n";
}

std::string found(const std::vector<std::vector<ChangedWeight>>& tensors, const Pair& pair) {
  std::size_t weights = 0, counts[3] = {};
  for (const auto& tensor : tensors)
    for (const ChangedWeight& weight : tensor) {
      ++weights;
      for (const Dot& dot : weight.dots) ++counts[dot.whose];
    }
  const auto share = [&](Whose whose) {
    return percent(static_cast<double>(counts[whose]) / static_cast<double>(counts[0] + counts[1] + counts[2]));
  };
  return fmt::format(
      "{} weights changed their level. Of the moments at which one did, {} are the same in both learners, {} are "
      "only {}'s and {} only {}'s.",
      weights, share(in_both), share(only_in_a), pair.a, share(only_in_b), pair.b);
}

std::optional<Drawing> draw_change_point_raster(const StoredRun& run) {
  const auto pair = main_pair(run);
  if (!pair) return std::nullopt;
  const StoredLearner a(run, pair->a), b(run, pair->b);
  check_same_tensors(a.trace(), b.trace());
  std::vector<std::vector<ChangedWeight>> tensors;
  for (std::size_t t = 0; t < a.trace().tensors.size(); ++t)
    if (auto changed = changed_weights(a.trace().tensors[t], b.trace().tensors[t]); !changed.empty())
      tensors.push_back(std::move(changed));
  if (tensors.empty()) return std::nullopt;
  const std::vector<ChangedWeight> rows = chosen(tensors);
  return Drawing{.data = {{"", table_of(rows)}},
                 .commands = commands(rows, *pair, run),
                 .alt = found(tensors, *pair),
                 .width = 860,
                 .height = 640};
}

}  // namespace

Figure change_point_raster() {
  return {{.name = "change-point-raster",
           .title = "Change points",
           .caption = "Every row is a weight that changed its level in at least one learner of the main comparison, "
                      "tensor by tensor and within each by the step of its first change; a mark stands where it "
                      "entered a new level: a black dot where both learners did so at the same step, else a triangle "
                      "in the colour of the one that did. At most 240 weights are drawn, as many of each tensor "
                      "(every n-th), and fewer where they would have more than 8000 marks."},
          draw_change_point_raster};
}

}  // namespace steq::figures

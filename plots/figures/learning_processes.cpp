// SPDX-License-Identifier: MIT
#include "sim/processes/learning_processes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "plots/figures/chosen_weights.hpp"
#include "plots/figures/figure.hpp"
#include "plots/figures/guides.hpp"
#include "plots/figures/numbers.hpp"
#include "plots/figures/pairs.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/read_csv.hpp"
#include "records/stored_learner.hpp"

namespace steq::figures {
namespace {

constexpr int kWidth = 1080, kRowHeight = 280;
constexpr std::size_t kMostRecords = 1000;  // of latent weights

/// One weight in both learners.
struct Traced {
  ChosenWeight chosen;
  std::string name;
  LearningProcess a, b;
  Grid grid;
};

/// Step, the level in a and in b from then on, and the same once more where it is a change point.
Table process_table(const Traced& weight, Step steps, const Pair& pair) {
  std::map<Step, std::array<std::string, 4>> rows;
  const auto add = [&](const LearningProcess& process, std::size_t column) {
    for (std::size_t i = 0; i < process.size(); ++i) {
      rows[process.steps[i]][column] = fmt::format("{}", process.levels[i]);
      if (i > 0) rows[process.steps[i]][column + 2] = rows[process.steps[i]][column];
    }
  };
  add(weight.a, 0);
  add(weight.b, 1);
  rows[steps];
  Table table{.caption = "",
              .header = {"step", pair.a, pair.b, "change points of " + pair.a, "change points of " + pair.b},
              .rows = {}};
  std::array<std::string, 4> last;
  for (auto& [step, cells] : rows) {
    for (const std::size_t column : {0, 1}) {
      if (cells[column].empty()) cells[column] = last[column];
      last[column] = cells[column];
    }
    table.rows.push_back({fmt::format("{}", step), cells[0], cells[1], cells[2], cells[3]});
  }
  return table;
}

/// Step, latent weights of a and b in levels (a threshold lies at every half); no rows where they were not recorded.
Table latent_table(const StoredRun& run, const Traced& weight, const std::string& tensor, const Pair& pair) {
  Table table{.caption = "", .header = {"step", pair.a, pair.b}, .rows = {}};
  const std::string steps_of_a = "/" + pair.a + "/latent_steps", steps_of_b = "/" + pair.b + "/latent_steps";
  if (!run.logs().has(steps_of_a) || !run.logs().has(steps_of_b) || weight.grid.delta <= 0) return table;
  const std::vector<Step> steps = run.logs().latent_steps(pair.a);
  if (steps != run.logs().latent_steps(pair.b)) return table;
  const std::vector<double> a = run.logs().latent(pair.a, tensor), b = run.logs().latent(pair.b, tensor);
  const std::size_t weights = a.size() / std::max<std::size_t>(steps.size(), 1);
  const auto position = [&](double w) { return cell((w - weight.grid.levels.front()) / weight.grid.delta); };
  for (const std::size_t r : thinned(steps.size(), kMostRecords)) {
    const std::size_t at = r * weights + weight.chosen.weight;
    table.rows.push_back({fmt::format("{}", steps[r]), position(a.at(at)), position(b.at(at))});
  }
  return table;
}

/// The lowest and the highest level that the weight takes, or that its latent weight comes near.
std::pair<int, int> extent(const Traced& weight, const Table& latent) {
  int low = std::min(std::ranges::min(weight.a.levels), std::ranges::min(weight.b.levels));
  int high = std::max(std::ranges::max(weight.a.levels), std::ranges::max(weight.b.levels));
  for (const Row& row : latent.rows)
    for (const std::size_t column : {1, 2})
      if (const double w = number_of(row[column]); std::isfinite(w)) {
        low = std::min(low, static_cast<int>(std::lround(w)));
        high = std::max(high, static_cast<int>(std::lround(w)));
      }
  return {low, high};
}

std::string panel(const StoredRun& run, const Traced& weight, const Table& latents, const Pair& pair, bool first) {
  const int line_a = line_type(run, pair.a), line_b = line_type(run, pair.b);
  const auto [low, high] = extent(weight, latents);
  std::vector<double> thresholds;
  for (int level = low; level <= high + 1; ++level) thresholds.push_back(level - 0.5);
  const std::string data = "data_" + weight.chosen.suffix;
  std::string text =
      guides({}, thresholds) + (first ? shared_key() : "unset key\n") +
      fmt::format("set yrange [{}:{}]\n", low - 0.6, high + 0.6) +
      fmt::format(
          "set title {} noenhanced\nplot {} using 1:2 with steps lt {} lw 7 dt 1 lc rgb \"#b0d4ec\" title {}, \\\n"
          "  {} using 1:3 with steps lt {} title {}, \\\n"
          "  {} using 1:4 with points lt {} ps 0.7 notitle, {} using 1:5 with points lt {} ps 0.45 notitle",
          quoted(fmt::format("{}: {}", weight.name, weight.chosen.reason)), data, line_a, quoted(pair.a), data, line_b,
          quoted(pair.b), data, line_a, data, line_b);
  if (!latents.rows.empty())
    text += fmt::format(
        ", \\\n  {0}latent using 1:2 with lines lt {1} lw 1 title {2}, {0}latent using 1:3 with lines lt {3} lw 1 "
        "title {4}",
        data, line_a, quoted("latent weight of " + pair.a), line_b, quoted("latent weight of " + pair.b));
  return text + "\n";
}

std::string found(const Traced& weight, const Pair& pair) {
  return fmt::format("{} ({}): {} change points in {}, {} in {}, last levels {} and {}.", weight.name,
                     weight.chosen.reason, weight.a.changes(), pair.a, weight.b.changes(), pair.b,
                     weight.a.levels.back(), weight.b.levels.back());
}

std::optional<Drawing> draw_weights(const StoredRun& run, const Pair& pair, const LearnerTrace& a,
                                    const LearnerTrace& b) {
  const std::vector<ChosenWeight> chosen = chosen_weights(a, b);
  if (chosen.empty()) return std::nullopt;
  const int columns = chosen.size() > 1 ? 2 : 1, rows = static_cast<int>(chosen.size() + 1) / 2;
  Drawing drawing{.data = {}, .commands = "", .alt = "", .width = kWidth, .height = 90 + kRowHeight * rows};
  drawing.commands =
      multiplot({.rows = rows, .columns = columns, .width = kWidth, .height = drawing.height, .key = 52}) +
      fmt::format(
          "set xlabel \"step (optimizer updates)\"\nset ylabel \"level\"\nset ytics 1\nunset grid\n"
          "set xrange [0:{}]\n",
          run.steps());
  for (const ChosenWeight& choice : chosen) {
    const TensorTrace& tensor = a.tensors[choice.tensor];
    const LearningProcesses in_a(*tensor.log), in_b(*b.tensors[choice.tensor].log);
    const Traced weight{choice, weight_name(tensor.name, choice.weight, run.shape(pair.a, tensor.name)),
                        in_a[choice.weight], in_b[choice.weight], tensor.grid};
    const Table latent = latent_table(run, weight, tensor.name, pair);
    drawing.data.push_back({choice.suffix, process_table(weight, run.steps(), pair)});
    if (!latent.rows.empty()) drawing.data.push_back({choice.suffix + "latent", latent});
    drawing.commands += panel(run, weight, latent, pair, &choice == chosen.data());
    drawing.alt += (drawing.alt.empty() ? "" : " ") + found(weight, pair);
  }
  drawing.commands += "unset multiplot\n";
  return drawing;
}

std::optional<Drawing> draw(const StoredRun& run) {
  const auto pair = main_pair(run);
  if (!pair) return std::nullopt;
  const StoredLearner a(run, pair->a), b(run, pair->b);
  if (weight_count(a.trace()) == 0) return std::nullopt;
  return draw_weights(run, *pair, a.trace(), b.trace());
}

}  // namespace

Figure learning_processes() {
  return {{.name = "learning-processes",
           .title = "Quantized learning processes",
           .caption = "The level of single weights after every step in the two learners of the main comparison, over "
                      "each other, with a point at each change point: the weight that parts first, the one with most "
                      "change points in the first learner, the one with most of those whose sequence of levels is the "
                      "same in both, and one with the median number among those that change at all. Thresholds are "
                      "dotted. Where latent weights were recorded, thin lines show them "
                      "in units of levels, each in its own learner's coordinates."},
          draw};
}

}  // namespace steq::figures

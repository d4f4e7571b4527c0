// SPDX-License-Identifier: MIT
#include "sim/processes/learning_processes.hpp"

#include <fmt/format.h>

#include "plots/figures/chosen_weights.hpp"
#include "plots/figures/figure.hpp"
#include "plots/figures/guides.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/figures/traced_weight.hpp"
#include "plots/tables/numbers.hpp"
#include "records/stored_learner.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq::figures {
namespace {

constexpr int kProcessesWidth = 1080, kProcessesRowHeight = 280;

std::string panel(const StoredRun& run, const TracedWeight& weight, const Table& latents, const Pair& pair,
                  bool first) {
  const int line_a = line_type(run, pair.a), line_b = line_type(run, pair.b);
  const auto [low, high] = extent(weight, latents);
  std::vector<double> thresholds;
  for (int level = low; level <= high + 1; ++level) thresholds.push_back(level - 0.5);
  const std::string data = "data_" + weight.chosen.suffix;
  std::string text =
      guides({}, thresholds) + (first ? shared_key() : "unset key\n") +
      fmt::format("set yrange [{}:{}]\n", low - 0.6, high + 0.6) +
      fmt::format(
          "set title {} noenhanced\nplot {} using 1:2 with steps {} lw 7 title {}, \\\n"
          "  {} using 1:3 with steps lt {} title {}, \\\n"
          "  {} using 1:4 with points lt {} ps 0.7 notitle, {} using 1:5 with points lt {} ps 0.45 notitle",
          quoted(fmt::format("{}: {}", weight.name, weight.chosen.reason)), data, pale(line_a), quoted(pair.a), data,
          line_b, quoted(pair.b), data, line_a, data, line_b);
  const auto add_latent = [&](std::size_t column, int line, const std::string& learner) {
    if (!latents.rows.empty() && !latents.rows.front()[column].empty())
      text += fmt::format(", \\\n  {}latent using 1:{} with lines lt {} lw 1 title {}", data, column + 1, line,
                          quoted("latent weight of " + learner));
  };
  add_latent(1, line_a, pair.a);
  add_latent(2, line_b, pair.b);
  return text + "\n";
}

std::string found(const TracedWeight& weight, const Pair& pair) {
  return fmt::format("{} ({}): {} change points in {}, {} in {}, last levels {} and {}.", weight.name,
                     weight.chosen.reason, weight.a.changes(), pair.a, weight.b.changes(), pair.b,
                     weight.a.levels.back(), weight.b.levels.back());
}

std::optional<Drawing> draw_weights(const StoredRun& run, const Pair& pair, const LearnerTrace& a,
                                    const LearnerTrace& b) {
  const std::vector<ChosenWeight> chosen = chosen_weights(a, b);
  if (chosen.empty()) return std::nullopt;
  const int columns = chosen.size() > 1 ? 2 : 1, rows = static_cast<int>(chosen.size() + 1) / 2;
  Drawing drawing{
      .data = {}, .commands = "", .alt = "", .width = kProcessesWidth, .height = 90 + kProcessesRowHeight * rows};
  drawing.commands =
      multiplot({.rows = rows, .columns = columns, .width = kProcessesWidth, .height = drawing.height, .key = 52}) +
      fmt::format(
          "set xlabel \"step (optimizer updates)\"\nset ylabel \"level\"\nset ytics 1\nunset grid\n"
          "set xrange [0:{}]\n",
          run.steps());
  for (const ChosenWeight& choice : chosen) {
    const TensorTrace& tensor = a.tensors[choice.tensor];
    const LearningProcesses in_a(*tensor.log), in_b(*b.tensors[choice.tensor].log);
    const WeightIndex number = tensor.weight(choice.place);
    const TracedWeight weight{choice,
                              number,
                              weight_name(tensor.name, number, run.shape(pair.a, tensor.name)),
                              in_a[choice.place],
                              in_b[choice.place],
                              tensor.grid,
                              b.tensors[choice.tensor].grid};
    const Table latent = latent_table(run, weight, tensor.name, pair);
    drawing.data.push_back({choice.suffix, process_table(weight, run.steps(), pair)});
    if (!latent.rows.empty()) drawing.data.push_back({choice.suffix + "latent", latent});
    drawing.commands += panel(run, weight, latent, pair, &choice == chosen.data());
    drawing.alt += (drawing.alt.empty() ? "" : " ") + found(weight, pair);
  }
  drawing.commands += "unset multiplot\n";
  return drawing;
}

std::optional<Drawing> draw_learning_processes(const StoredRun& run) {
  const auto pair = main_pair(run);
  if (!pair) return std::nullopt;
  const StoredLearner a(run, pair->a), b(run, pair->b);
  if (weight_count(a.trace()) == 0) return std::nullopt;
  return draw_weights(run, *pair, a.trace(), b.trace());
}

}  // namespace

Figure learning_processes() {
  return {
      {.name = "learning-processes",
       .title = "Quantized learning processes",
       .caption = "The level of single weights after every step in the two learners of the main comparison, over "
                  "each other, with a point at each change point: the weight that diverges first, the one with most "
                  "change points in the first learner, the one with most of those whose sequence of levels is the "
                  "same in both, and one with the median number among those that change at all. Thresholds are "
                  "dotted. Where latent weights were recorded, thin lines show them "
                  "between the thresholds of their own learner's grid, if that stands."},
      draw_learning_processes};
}

}  // namespace steq::figures

// SPDX-License-Identifier: MIT
#include "plots/report/explorer_data.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/run_styles.hpp"
#include "plots/report/html.hpp"
#include "records/watching_text.hpp"
#include "sim/processes/learning_processes.hpp"

namespace steq {
namespace {

/// One tensor of both learners.
struct TensorPair {
  const TensorTrace* a;
  LearningProcesses processes[2];
  std::vector<WeightIndex> weights{};  ///< those to be shown, as the logs count them, ascending

  std::size_t changes(std::size_t weight) const {
    return processes[0][weight].changes() + processes[1][weight].changes();
  }
};

std::vector<TensorPair> common_tensors(const LearnerTrace& a, const LearnerTrace& b) {
  std::vector<TensorPair> pairs;
  for (const TensorTrace& tensor : a.tensors) {
    const auto other = std::ranges::find(b.tensors, tensor.name, &TensorTrace::name);
    if (other == b.tensors.end() || !tensor.log || !other->log) continue;
    if (tensor.log->initial_levels().size() != other->log->initial_levels().size()) continue;
    pairs.push_back({&tensor, {LearningProcesses(*tensor.log), LearningProcesses(*other->log)}});
  }
  return pairs;
}

std::size_t total_changes(const std::vector<TensorPair>& pairs) {
  std::size_t total = 0;
  for (const TensorPair& pair : pairs)
    for (std::size_t w = 0; w < pair.processes[0].weights(); ++w) total += pair.changes(w);
  return total;
}

void choose(TensorPair& pair, std::size_t every, const Json& first) {
  std::size_t most = 0, seen = 0;
  for (std::size_t w = 0; w < pair.processes[0].weights(); ++w)
    if (pair.changes(w) > pair.changes(most)) most = w;
  for (std::size_t w = 0; w < pair.processes[0].weights(); ++w) {
    if (pair.changes(w) == 0) continue;
    const bool diverged =
        first.is_object() && first.at("tensor") == pair.a->name && first.at("weight") == pair.a->weight(w);
    if (seen++ % every == 0 || w == most || diverged) pair.weights.push_back(static_cast<WeightIndex>(w));
  }
}

Json processes_json(const LearningProcesses& processes, const std::vector<WeightIndex>& weights) {
  std::vector<Level> initial, levels;
  std::vector<std::uint32_t> offsets{0}, steps;
  for (const WeightIndex w : weights) {
    const LearningProcess process = processes[w];
    initial.push_back(process.levels[0]);
    steps.insert(steps.end(), process.steps.begin() + 1, process.steps.end());
    levels.insert(levels.end(), process.levels.begin() + 1, process.levels.end());
    offsets.push_back(static_cast<std::uint32_t>(steps.size()));
  }
  return {{"initial", packed(std::span<const Level>(initial))},
          {"offsets", packed(std::span<const std::uint32_t>(offsets))},
          {"steps", packed(std::span<const std::uint32_t>(steps))},
          {"levels", packed(std::span<const Level>(levels))}};
}

/// Where each level is drawn: at its value, or where that is not known at its number.
std::vector<double> level_places(const TensorPair& pair) {
  if (!pair.a->grid.levels.empty()) return pair.a->grid.levels;
  Level highest = 1;
  for (const LearningProcesses& processes : pair.processes)
    for (std::size_t w = 0; w < processes.weights(); ++w)
      highest = std::max(highest, std::ranges::max(processes[w].levels));
  std::vector<double> places;
  for (int level = 0; level <= highest; ++level) places.push_back(level);
  return places;
}

/// As the tensor counts them.
std::vector<WeightIndex> numbers_of(const TensorPair& pair) {
  std::vector<WeightIndex> numbers;
  for (const WeightIndex place : pair.weights) numbers.push_back(pair.a->weight(place));
  return numbers;
}

Json tensor_json(const TensorPair& pair, const StoredRun& run, const std::string& learner) {
  const std::vector<WeightIndex> numbers = numbers_of(pair);
  Json learners = Json::array();
  for (const LearningProcesses& processes : pair.processes) learners.push_back(processes_json(processes, pair.weights));
  return {{"name", pair.a->name},
          {"shape", run.shape(learner, pair.a->name)},
          {"count", run.logs().weights(learner, pair.a->name)},
          {"levels", level_places(pair)},
          {"worth", !pair.a->grid.levels.empty()},
          {"thresholds", pair.a->grid.thresholds},
          {"weights", packed(std::span<const WeightIndex>(numbers))},
          {"learners", learners}};
}

}  // namespace

Json explorer_data(const ReportedRun& run, std::size_t most) {
  const Json& pair = run.main_pair();
  if (pair.is_null()) return nullptr;
  const Json first = pair.value("first_divergence", Json(nullptr));
  std::vector<TensorPair> pairs = common_tensors(run.learner(pair.at("a")), run.learner(pair.at("b")));
  const std::size_t total = total_changes(pairs), every = std::max<std::size_t>((total + most - 1) / most, 1);
  if (total == 0) return nullptr;
  Json tensors = Json::array();
  for (TensorPair& tensor : pairs) {
    choose(tensor, every, first);
    if (!tensor.weights.empty()) tensors.push_back(tensor_json(tensor, run.stored(), pair["a"]));
  }
  std::string sampled = watching_text(run.stored(), pair["a"], run.stored().watching(pair["a"]));
  if (every > 1)
    sampled += fmt::format("{}One in {} of the weights that changed is here.", sampled.empty() ? "" : " ", every);
  const auto style = [&](const char* side) { return line_type(run.stored(), pair[side].get<std::string>()) - 1; };
  return {{"learners", {pair["a"], pair["b"]}},
          {"styles", {style("a"), style("b")}},
          {"steps", run.stored().steps()},
          {"sampled", sampled},
          {"first", first},
          {"tensors", tensors}};
}

}  // namespace steq

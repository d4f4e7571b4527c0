// SPDX-License-Identifier: MIT
#include "experiments/training/summary.hpp"

#include <algorithm>
#include <map>

#include "experiments/config/pair_role.hpp"
#include "experiments/config/weight_map.hpp"
#include "experiments/training/activation_facts.hpp"
#include "experiments/training/geometry_facts.hpp"
#include "experiments/training/oscillation_facts.hpp"
#include "experiments/training/size_facts.hpp"
#include "experiments/training/tensor_facts.hpp"
#include "records/comparison_json.hpp"

namespace steq {
namespace {

template <class T>
std::vector<double> as_double(std::span<const T> values) {
  return {values.begin(), values.end()};
}

/// Of a tensor that a learner trains in full precision.
const Grid kNoGrid{.levels = {}, .thresholds = {}, .range = std::numeric_limits<double>::quiet_NaN()};

template <class T>
std::vector<TensorTrace> tensor_traces(const Learner<T>& learner, const LearnerSetup& setup,
                                       const std::vector<ChangePointLog>* logs, const std::vector<const T*>& values) {
  std::vector<TensorTrace> traces;
  for (std::size_t t = 0; t < learner.tensors().size(); ++t) {
    const WeightTensor<T>& tensor = learner.tensors()[t];
    if (!tensor.info().quantize) continue;
    const std::vector<T> start(setup.initial[t].begin(), setup.initial[t].end());
    TensorTrace trace{.name = tensor.info().name,
                      .grid = kNoGrid,
                      .initial = as_double<T>(start),
                      .final = as_double<T>(tensor.latent()),
                      .reach = std::numeric_limits<double>::quiet_NaN(),
                      .path_length = std::numeric_limits<double>::quiet_NaN(),
                      .values = {values[t], values[t] + tensor.latent().size()}};
    if (tensor.quantized()) {
      trace.grid = tensor.current_grid();
      if (tensor.grid().groups() > 1) trace.grid.range = std::numeric_limits<double>::quiet_NaN();
      trace.log = logs ? &(*logs)[t] : nullptr;
      trace.reach = tensor.estimator().gate().reach(trace.grid);
      trace.path_length = tensor.path_length();
    }
    traces.push_back(std::move(trace));
  }
  return traces;
}

/// Nothing where no grid moves.
template <class T>
std::optional<std::size_t> changes_of_grid(const Learner<T>& learner) {
  std::optional<std::size_t> changes;
  for (const WeightTensor<T>& tensor : learner.tensors())
    if (tensor.quantized() && tensor.quantizer().moves()) changes = changes.value_or(0) + tensor.changes_of_grid();
  return changes;
}

template <class T>
Json compared(const ExperimentConfig& config, const LearnerTrace& a, const LearnerTrace& b) {
  const PairRole role = role_of(config, a.name, b.name);
  Json json{{"a", a.name}, {"b", b.name}, {"map", role.mapped ? "M" : "identity"}, {"kind", to_text(role.kind)}};
  json.update(comparison_json(a, b, weight_map(config, a.name, b.name)));
  return json;
}

Json learner_json(const LearnerResult& result, Step steps) {
  const LearnerTrace& trace = result.trace;
  Json json{{"train_loss", trace.train_loss.empty() ? Json(nullptr) : to_json(trace.train_loss.back())},
            {"test_loss", to_json(result.test.loss)},
            {"test_accuracy", to_json(result.test.accuracy)},
            {"change_points", result.change_points ? Json(*result.change_points) : Json(nullptr)},
            {"learning_rate", to_json(result.learning_rate)},
            {"oscillation", oscillation_facts(trace, steps)},
            {"tensors", result.tensors}};
  if (result.change_points_of_grid) json["change_points_of_grid"] = *result.change_points_of_grid;
  if (!result.activations.empty()) json["activations"] = result.activations;
  if (!result.geometry.empty()) json["geometry"] = result.geometry;
  if (!result.size.empty()) json["size"] = result.size;
  if (result.zero_loss) json["zero_loss_step"] = *result.zero_loss;
  if (result.soft) {
    json["soft_test_loss"] = to_json(result.soft->loss);
    json["soft_test_accuracy"] = to_json(result.soft->accuracy);
  }
  return json;
}

/// How many samples there are, and how large a share of them naming the most frequent class gets right.
Json test_set_json(const std::vector<std::uint32_t>& labels) {
  std::map<std::uint32_t, std::size_t> counts;
  std::size_t most = 0;
  for (const std::uint32_t label : labels) most = std::max(most, ++counts[label]);
  if (labels.empty()) return nullptr;
  return {{"samples", labels.size()},
          {"largest_class_share", static_cast<double>(most) / static_cast<double>(labels.size())}};
}

}  // namespace

std::string to_text(RunStatus status) {
  static const char* const words[] = {"complete", "interrupted", "diverged"};
  return words[static_cast<int>(status)];
}

const LearnerResult& result_named(const std::vector<LearnerResult>& results, const std::string& name) {
  return *std::find_if(results.begin(), results.end(), [&](const auto& r) { return r.trace.name == name; });
}

template <class T>
std::vector<LearnerResult> collect_results(Cohort<T>& cohort, const std::vector<LearnerSetup>& setups,
                                           const EpochHistory<T>& history, const ChangeRecorder<T>* recorder,
                                           const Dataset& test) {
  std::vector<LearnerResult> results;
  for (std::size_t i = 0; i < setups.size(); ++i) {
    const LearnerHistory& series = history.of(i);
    LearnerResult result{.trace = {},
                         .test = cohort.evaluate(i, test),
                         .learning_rate = setups[i].learning_rate,
                         .tensors = tensor_facts(cohort.learners()[i], cohort.steps_done())};
    result.geometry = geometry_facts(cohort.geometry(i, test));
    result.size = size_facts(cohort.learners()[i]);
    result.activations = activation_facts(cohort, i, test);
    if (cohort.learners()[i].soft()) result.soft = cohort.evaluate(i, test, Forward::soft);
    if (recorder) result.change_points = recorder->change_points(i);
    if (recorder) result.change_points_of_grid = changes_of_grid(cohort.learners()[i]);
    result.trace = {.name = setups[i].name,
                    .tensors = tensor_traces(cohort.learners()[i], setups[i], recorder ? &recorder->logs(i) : nullptr,
                                             cohort.deployed(i)),
                    .train_loss = series.train_loss,
                    .test_loss = series.test_loss,
                    .test_accuracy = series.test_accuracy,
                    .logits = result.test.logits,
                    .labels = {test.labels.begin(), test.labels.end()}};
    results.push_back(std::move(result));
  }
  return results;
}

template <class T>
Json summarize(const ExperimentConfig& config, const std::vector<LearnerResult>& results, Step steps,
               RunStatus status) {
  Json learners = Json::object(), comparisons = Json::array();
  for (const LearnerResult& result : results) learners[result.trace.name] = learner_json(result, steps);
  for (const auto& [a, b] : config.compare)
    comparisons.push_back(compared<T>(config, result_named(results, a).trace, result_named(results, b).trace));
  return {{"schema", 1},
          {"name", config.name},
          {"status", to_text(status)},
          {"steps", steps},
          {"test_set", test_set_json(results.front().trace.labels)},
          {"learners", learners},
          {"comparisons", comparisons}};
}

template std::vector<LearnerResult> collect_results(Cohort<float>&, const std::vector<LearnerSetup>&,
                                                    const EpochHistory<float>&, const ChangeRecorder<float>*,
                                                    const Dataset&);
template std::vector<LearnerResult> collect_results(Cohort<double>&, const std::vector<LearnerSetup>&,
                                                    const EpochHistory<double>&, const ChangeRecorder<double>*,
                                                    const Dataset&);
template Json summarize<float>(const ExperimentConfig&, const std::vector<LearnerResult>&, Step, RunStatus);
template Json summarize<double>(const ExperimentConfig&, const std::vector<LearnerResult>&, Step, RunStatus);

}  // namespace steq

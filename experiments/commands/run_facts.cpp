// SPDX-License-Identifier: MIT
#include "experiments/commands/run_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace steq {

std::optional<double> number(const Json& object, const char* key) {
  if (!object.contains(key) || object[key].is_null()) return std::nullopt;
  return object[key].is_number() ? object[key].get<double>() : kInfinity;
}

const LearnerConfig& learner_config(const AnalysedRun& run, const std::string& learner) {
  const auto found = std::ranges::find(run.config()->learners, learner, &LearnerConfig::name);
  if (found == run.config()->learners.end())
    throw InputError(run.stored().place("summary.json"),
                     fmt::format("names a learner \"{}\" that config.json does not have", learner));
  return *found;
}

const Json& facts_of(const AnalysedRun& run, const std::string& learner) {
  const Json& learners = run.stored().summary()["learners"];
  if (!learners.contains(learner) || !learners[learner].contains("tensors") ||
      !learners[learner].contains("learning_rate"))
    throw InputError(
        run.stored().place("summary.json"),
        fmt::format("learners.{} has no \"learning_rate\" and \"tensors\", which the checks need; allowed: "
                    "a run of this version of steq",
                    learner));
  return learners[learner];
}

TensorShape tensor_shape(const AnalysedRun& run, const std::string& learner, const std::string& tensor) {
  const std::vector<std::size_t> shape = run.stored().shape(learner, tensor);
  if (shape.empty())
    throw InputError(run.stored().place("weights"), fmt::format("no initial weights of tensor \"{}\"", tensor));
  const std::size_t row = std::accumulate(shape.begin() + 1, shape.end(), std::size_t{1}, std::multiplies<>());
  return {.fan_in = row, .weights = shape[0] * row, .rows = shape[0]};
}

void require_facts(const AnalysedRun& run) {
  const StoredRun& stored = run.stored();
  const Json& config = stored.any_config();
  if (config.is_null())
    throw InputError(stored.directory().string(), "has no config.json; allowed: a directory that steq run has written");
  if (config.is_object() && config.value("kind", Json("training")) != "training")
    throw InputError(stored.directory().string(),
                     fmt::format("holds an experiment of kind {}; allowed: a training run", shown(config["kind"])));
  if (stored.config().is_null())
    throw InputError(stored.place("config.json"), "is not that of a training run; allowed: what steq run has written");
  const Json& summary = stored.summary();
  if (!summary.is_object() || !summary.contains("learners") || !summary.contains("comparisons"))
    throw InputError(stored.place("summary.json"),
                     "has no learners and comparisons; allowed: what steq run has written");
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "records/stored_learner.hpp"

#include <fmt/format.h>

#include <limits>

#include "sim/core/errors.hpp"
#include "sim/core/notation.hpp"

namespace steq {
namespace {

constexpr double kNotRecorded = std::numeric_limits<double>::quiet_NaN();

std::vector<double> series(const StoredRun& run, const std::string& learner, const char* key) {
  std::vector<double> values;
  for (const Json& entry : run.history())
    if (entry["learner"] == learner && entry.contains(key) && entry[key].is_number())
      values.push_back(entry[key].get<double>());
  return values;
}

/// Nothing in it is guessed: without levels nobody knows what a level is worth.
Grid grid_of(const StoredRun& run, const std::string& learner, const std::string& tensor) {
  if (auto grid = run.logs().grid(learner, tensor)) return *std::move(grid);
  return {.levels = {}, .thresholds = {}, .range = run.logs().range(learner, tensor).value_or(kNotRecorded)};
}

/// Empty where they were not stored.
std::vector<double> weights_of(const StoredRun& run, const TensorTrace& tensor, std::size_t recorded,
                               const std::string& learner, const std::string& snapshot) {
  std::vector<double> weights = run.weights(learner, snapshot, tensor.name).value_or(std::vector<double>());
  if (!weights.empty() && weights.size() != recorded)
    throw InputError(run.place(fmt::format("weights/{}-{}.safetensors: tensor {}", learner, snapshot, tensor.name)),
                     fmt::format("has {} values; allowed: {}, as in logs.h5", weights.size(), recorded));
  return weights;
}

/// Without its log. `recorded`: how many weights that has.
TensorTrace tensor_trace(const StoredRun& run, const std::string& learner, const std::string& tensor,
                         std::size_t recorded) {
  TensorTrace trace{.name = tensor,
                    .grid = grid_of(run, learner, tensor),
                    .log = nullptr,
                    .initial = {},
                    .final = {},
                    .reach = kNotRecorded,
                    .path_length = run.logs().path_length(learner, tensor).value_or(kNotRecorded)};
  trace.initial = weights_of(run, trace, recorded, learner, "initial");
  trace.final = weights_of(run, trace, recorded, learner, "final");
  trace.values = weights_of(run, trace, recorded, learner, "quantized");
  return trace;
}

void check_end(const StoredRun& run, const std::string& learner, const std::string& tensor, const ChangePointLog& log) {
  const auto end = run.known_steps(learner);
  if (const std::size_t size = log.size(); end && size > 0 && log[size - 1].step > *end)
    throw InputError(run.place("logs.h5"),
                     fmt::format("/{}/{}: a change point at step {}, after the last one; allowed: 1 to {}", learner,
                                 tensor, log[size - 1].step, *end));
}

ChangePointLog followed(const StoredRun& run, const std::string& learner, const std::string& tensor, ChangePointLog log,
                        const Watching& watching) {
  check_end(run, learner, tensor, log);
  const auto* sample = watching.sample(tensor);
  if (watching.every == 1 && !sample) return log;
  if (const std::size_t weights = log.initial_levels().size(); sample && !sample->empty() && sample->back() >= weights)
    throw InputError(run.place("logs.h5"), fmt::format("/{}/{}: has {} weights; the other log watches weight {}",
                                                       learner, tensor, weights, sample->back()));
  return watched_part(log, sample, watching.every, run.steps(learner));
}

}  // namespace

StoredLearner::StoredLearner(const StoredRun& run, const std::string& name)
    : StoredLearner(run, name, run.has_learner(name) ? run.watching(name) : Watching()) {}

StoredLearner::StoredLearner(const StoredRun& run, const std::string& name, const Watching& watching) {
  const auto& learners = run.learners();
  if (!run.has_learner(name))
    throw InputError(run.directory().string(),
                     fmt::format("no learner \"{}\"; allowed: {}{}", name, join(learners), suggestion(name, learners)));
  const std::vector<std::string> tensors = run.tensors(name);
  logs_.reserve(tensors.size());
  trace_ = {.name = name,
            .tensors = {},
            .train_loss = series(run, name, "train_loss"),
            .test_loss = series(run, name, "test_loss"),
            .test_accuracy = series(run, name, "test_accuracy"),
            .logits = run.logs().logits(name),
            .labels = run.logs().labels()};
  for (const std::string& tensor : tensors) {
    ChangePointLog whole = run.logs().change_points(name, tensor);
    TensorTrace& trace = trace_.tensors.emplace_back(tensor_trace(run, name, tensor, whole.initial_levels().size()));
    trace.log = &logs_.emplace_back(followed(run, name, tensor, std::move(whole), watching));
    if (const auto* sample = watching.sample(tensor)) trace.watched = *sample;
  }
}

}  // namespace steq

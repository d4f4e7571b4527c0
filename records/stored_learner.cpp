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
std::vector<double> weights_of(const StoredRun& run, const TensorTrace& tensor, const std::string& learner,
                               const std::string& snapshot) {
  std::vector<double> weights = run.weights(learner, snapshot, tensor.name).value_or(std::vector<double>());
  const std::size_t recorded = tensor.log->initial_levels().size();
  if (!weights.empty() && weights.size() != recorded)
    throw InputError(run.place(fmt::format("weights/{}-{}.safetensors: tensor {}", learner, snapshot, tensor.name)),
                     fmt::format("has {} values; allowed: {}, as in logs.h5", weights.size(), recorded));
  return weights;
}

TensorTrace tensor_trace(const StoredRun& run, const std::string& learner, const std::string& tensor,
                         const ChangePointLog& log) {
  TensorTrace trace{.name = tensor,
                    .grid = grid_of(run, learner, tensor),
                    .log = &log,
                    .initial = {},
                    .final = {},
                    .reach = kNotRecorded,
                    .path_length = run.logs().path_length(learner, tensor).value_or(kNotRecorded)};
  trace.initial = weights_of(run, trace, learner, "initial");
  trace.final = weights_of(run, trace, learner, "final");
  trace.values = weights_of(run, trace, learner, "quantized");
  return trace;
}

void check_end(const StoredRun& run, const LearnerTrace& learner) {
  const auto end = run.known_steps(learner.name);
  for (const TensorTrace& tensor : learner.tensors)
    if (const std::size_t size = tensor.log->size(); end && size > 0 && (*tensor.log)[size - 1].step > *end)
      throw InputError(run.place("logs.h5"),
                       fmt::format("/{}/{}: a change point at step {}, after the last one; allowed: 1 to {}",
                                   learner.name, tensor.name, (*tensor.log)[size - 1].step, *end));
}

}  // namespace

StoredLearner::StoredLearner(const StoredRun& run, const std::string& name) {
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
    logs_.push_back(run.logs().change_points(name, tensor));
    trace_.tensors.push_back(tensor_trace(run, name, tensor, logs_.back()));
  }
  check_end(run, trace_);
}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "records/stored_learner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "sim/core/errors.hpp"
#include "sim/core/notation.hpp"

namespace steq {
namespace {

constexpr double kNotRecorded = std::numeric_limits<double>::quiet_NaN();

/// Levels 0 .. highest, for logs that do not tell what their levels are worth.
Grid integer_grid(const ChangePointLog& log) {
  Level highest = 1;
  for (const Level level : log.initial_levels()) highest = std::max(highest, level);
  for (std::size_t i = 0; i < log.size(); ++i) highest = std::max(highest, log[i].level);
  Grid grid{.levels = {}, .thresholds = {}, .range = static_cast<double>(highest), .delta = 1};
  for (int level = 0; level <= highest; ++level) {
    grid.levels.push_back(level);
    if (level > 0) grid.thresholds.push_back(level - 0.5);
  }
  return grid;
}

std::vector<double> series(const StoredRun& run, const std::string& learner, const char* key) {
  std::vector<double> values;
  for (const Json& entry : run.history())
    if (entry["learner"] == learner && entry.contains(key) && entry[key].is_number())
      values.push_back(entry[key].get<double>());
  return values;
}

TensorTrace tensor_trace(const StoredRun& run, const std::string& learner, const std::string& tensor,
                         const ChangePointLog& log) {
  return {.name = tensor,
          .grid = run.logs().grid(learner, tensor).value_or(integer_grid(log)),
          .log = &log,
          .initial = run.weights(learner, "initial", tensor).value_or(std::vector<double>()),
          .final = run.weights(learner, "final", tensor).value_or(std::vector<double>()),
          .reach = kNotRecorded,
          .path_length = run.logs().path_length(learner, tensor).value_or(kNotRecorded)};
}

}  // namespace

StoredLearner::StoredLearner(const StoredRun& run, const std::string& name) {
  const auto& learners = run.learners();
  if (std::ranges::find(learners, name) == learners.end())
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
}

}  // namespace steq

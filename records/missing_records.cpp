// SPDX-License-Identifier: MIT
#include "records/missing_records.hpp"

#include <fmt/format.h>

#include <cmath>
#include <functional>

namespace steq {
namespace {

using Lacks = std::function<bool(const TensorTrace&)>;

/// Empty where no tensor lacks it; `name` holds {0} for the learner and {1} for the tensor.
std::string of_tensors(const LearnerTrace& learner, const char* name, const Lacks& lacks) {
  std::string first;
  std::size_t count = 0;
  for (const TensorTrace& tensor : learner.tensors)
    if (lacks(tensor) && count++ == 0) first = fmt::format(fmt::runtime(name), learner.name, tensor.name);
  return count > 1 ? fmt::format("{} (and {} more tensors)", first, count - 1) : first;
}

std::string of_learner(const LearnerTrace& learner, const char* name, bool lacks) {
  return lacks ? fmt::format(fmt::runtime(name), learner.name) : "";
}

/// Where groups of weights have grids of their own, the tensor has levels, but no range.
std::string missing_range(const LearnerTrace& learner) {
  const auto no_levels = [](const TensorTrace& t) { return std::isnan(t.grid.range) && t.grid.levels.empty(); };
  const std::string levels = of_tensors(learner, "/{}/{}/levels", no_levels);
  if (!levels.empty()) return levels;
  return of_tensors(learner, "/{}/{}/range of all weights alike",
                    [](const auto& t) { return std::isnan(t.grid.range); });
}

/// Empty where it is there.
std::string missing(const LearnerTrace& learner, Record record) {
  switch (record) {
    case Record::change_points:
      return of_tensors(learner, "/{}/{}/change_points", [](const auto& t) { return t.log == nullptr; });
    case Record::range:
      return missing_range(learner);
    case Record::levels:
      return of_tensors(learner, "/{}/{}/levels", [](const auto& t) { return t.grid.levels.empty(); });
    case Record::path_length:
      return of_tensors(learner, "/{}/{}/path_length", [](const auto& t) { return std::isnan(t.path_length); });
    case Record::initial_weights:
      return of_tensors(learner, "{1} in weights/{0}-initial.safetensors",
                        [](const auto& t) { return t.initial.empty(); });
    case Record::final_weights:
      return of_tensors(learner, "{1} in weights/{0}-final.safetensors", [](const auto& t) { return t.final.empty(); });
    case Record::final_values:
      return of_tensors(learner, "{1} in weights/{0}-quantized.safetensors",
                        [](const auto& t) { return t.values.empty(); });
    case Record::train_losses:
      return of_learner(learner, "train_loss of {} in history.jsonl", learner.train_loss.empty());
    case Record::test_losses:
      return of_learner(learner, "test_loss of {} in history.jsonl", learner.test_loss.empty());
    case Record::test_accuracies:
      return of_learner(learner, "test_accuracy of {} in history.jsonl", learner.test_accuracy.empty());
    case Record::logits:
      return of_learner(learner, "/{}/test_logits", learner.logits.empty());
    case Record::labels:
      return of_learner(learner, "/test_labels", learner.labels.empty());
    case Record::reach:
      break;  // no log holds it
  }
  return "";
}

}  // namespace

std::vector<std::string> missing_records(const LearnerTrace& learner, const std::string& metric) {
  std::vector<std::string> names;
  for (const Record record : records_needed(metric))
    if (const std::string name = missing(learner, record); !name.empty()) names.push_back(name);
  return names;
}

}  // namespace steq

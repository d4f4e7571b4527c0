// SPDX-License-Identifier: MIT
#include "sim/processes/learning_processes.hpp"

#include <fmt/format.h>

#include <numeric>

#include "sim/core/errors.hpp"

namespace steq {

std::vector<std::size_t> process_offsets(const ChangePointLog& log) {
  const std::size_t weights = log.initial_levels().size();
  std::vector<std::size_t> offsets(weights + 1, 1);
  offsets[0] = 0;
  for (std::size_t i = 0; i < log.size(); ++i) {
    const WeightIndex weight = log[i].weight;
    if (weight >= weights)
      throw DomainError(fmt::format("change-point log: weight {} of a tensor with {} weights", weight, weights));
    ++offsets[weight + std::size_t{1}];
  }
  std::inclusive_scan(offsets.begin(), offsets.end(), offsets.begin());
  return offsets;
}

LearningProcesses::LearningProcesses(const ChangePointLog& log)
    : LearningProcesses(log, process_offsets(log), 0, log.initial_levels().size()) {}

LearningProcesses::LearningProcesses(const ChangePointLog& log, std::span<const std::size_t> offsets, std::size_t first,
                                     std::size_t last)
    : levels_(offsets[last] - offsets[first]), steps_(levels_.size()) {
  offsets_.reserve(last - first + 1);
  for (std::size_t weight = first; weight <= last; ++weight) offsets_.push_back(offsets[weight] - offsets[first]);
  std::vector<std::size_t> next(offsets_.begin(), offsets_.end() - 1);
  const auto place = [&](std::size_t weight, Level level, Step step) {
    const std::size_t entry = next[weight]++;
    levels_[entry] = level;
    steps_[entry] = step;
  };
  for (std::size_t weight = first; weight < last; ++weight) place(weight - first, log.initial_levels()[weight], 0);
  for (std::size_t i = 0; i < log.size(); ++i)
    if (const std::size_t weight = log[i].weight - first; weight < weights()) place(weight, log[i].level, log[i].step);
}

LearningProcess LearningProcesses::operator[](std::size_t weight) const {
  const std::size_t first = offsets_[weight], size = offsets_[weight + 1] - first;
  return {std::span(levels_).subspan(first, size), std::span(steps_).subspan(first, size)};
}

}  // namespace steq

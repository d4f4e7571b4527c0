// SPDX-License-Identifier: MIT
#include "sim/metrics/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

/// As far as they are recorded: a log that follows a sample does not say it.
std::size_t weights_of(const TensorTrace& tensor) {
  const std::size_t levels = tensor.log && !tensor.watched ? tensor.log->initial_levels().size() : 0;
  return std::max({levels, tensor.initial.size(), tensor.final.size()});
}

void check_tensor(const TensorTrace& a, const TensorTrace& b) {
  if (a.name != b.name) throw DomainError(fmt::format("tensor \"{}\" compared with \"{}\"", a.name, b.name));
  const std::size_t weights = std::max(weights_of(a), weights_of(b));
  const auto check_count = [&](std::size_t count) {
    if (count != weights)
      throw DomainError(fmt::format("tensor \"{}\": {} weights compared with {}", a.name, count, weights));
  };
  for (const TensorTrace* tensor : {&a, &b}) {
    if (!tensor->initial.empty()) check_count(tensor->initial.size());
    if (!tensor->final.empty()) check_count(tensor->final.size());
    if (tensor->log && !tensor->watched) check_count(tensor->log->initial_levels().size());
  }
  if (a.log && b.log && a.watched != b.watched)
    throw DomainError(fmt::format("tensor \"{}\": other weights were watched in the one than in the other", a.name));
}

const LearnerTrace& checked(const LearnerTrace& a, const LearnerTrace& b) {
  check_same_tensors(a, b);
  return a;
}

}  // namespace

std::size_t TensorTrace::place(WeightIndex weight) const {
  if (!watched) return weight;
  return static_cast<std::size_t>(std::ranges::lower_bound(*watched, weight) - watched->begin());
}

void check_same_tensors(const LearnerTrace& a, const LearnerTrace& b) {
  if (a.tensors.size() != b.tensors.size())
    throw DomainError(fmt::format("{} quantized tensors compared with {}", a.tensors.size(), b.tensors.size()));
  for (std::size_t i = 0; i < a.tensors.size(); ++i) check_tensor(a.tensors[i], b.tensors[i]);
}

void check_logs(const LearnerTrace& learner) {
  for (const TensorTrace& tensor : learner.tensors)
    if (!tensor.log)
      throw DomainError(fmt::format("learner \"{}\" has no change points of \"{}\"", learner.name, tensor.name));
}

bool comparable_levels(const LearnerTrace& a, const LearnerTrace& b) {
  return std::ranges::equal(a.tensors, b.tensors, [](const TensorTrace& x, const TensorTrace& y) {
    const std::size_t levels_x = x.grid.levels.size(), levels_y = y.grid.levels.size();
    return x.log && y.log && (levels_x == 0 || levels_y == 0 || levels_x == levels_y);
  });
}

Comparison::Comparison(const LearnerTrace& a, const LearnerTrace& b, const WeightMap& map)
    : a_(checked(a, b)),
      b_(b),
      sequences_(comparable_levels(a, b) ? sequence_totals(a, b) : SequenceTotals()),
      alignment_(alignment_totals(a, b, map)),
      inference_(inference_totals(a, b)) {}

}  // namespace steq

// SPDX-License-Identifier: MIT
#include "sim/metrics/first_divergence.hpp"

#include <algorithm>
#include <utility>

#include "sim/metrics/comparison.hpp"
#include "sim/processes/change_log_reader.hpp"

namespace steq {
namespace {

std::optional<FirstDivergence> initial_divergence(const TensorTrace& a, const TensorTrace& b) {
  const auto& levels_a = a.log->initial_levels();
  const auto& levels_b = b.log->initial_levels();
  const auto [at_a, at_b] = std::ranges::mismatch(levels_a, levels_b);
  if (at_a == levels_a.end()) return std::nullopt;
  return FirstDivergence{0, a.name, a.weight(static_cast<std::size_t>(at_a - levels_a.begin())), *at_a, *at_b};
}

/// Before the first divergence both learners have the same levels, so one copy of them is followed.
std::optional<FirstDivergence> tensor_divergence(const TensorTrace& a, const TensorTrace& b) {
  if (auto initial = initial_divergence(a, b)) return initial;
  std::vector<Level> common = a.log->initial_levels();
  ChangeLogReader reader_a(*a.log), reader_b(*b.log);
  const auto next = [&] { return std::min(reader_a.next(), reader_b.next()); };
  for (Change now = next(); now != ChangeLogReader::kEnd; now = next()) {
    Level& level = common.at(now.second);
    const Level level_a = reader_a.advance(now, level), level_b = reader_b.advance(now, level);
    if (level_a != level_b) return FirstDivergence{now.first, a.name, a.weight(now.second), level_a, level_b};
    level = level_a;
  }
  return std::nullopt;
}

}  // namespace

std::optional<FirstDivergence> first_divergence(const LearnerTrace& a, const LearnerTrace& b) {
  check_same_tensors(a, b);
  check_logs(a);
  check_logs(b);
  std::optional<FirstDivergence> first;
  for (std::size_t i = 0; i < a.tensors.size(); ++i) {
    auto divergence = tensor_divergence(a.tensors[i], b.tensors[i]);
    if (divergence && (!first || divergence->step < first->step)) first = std::move(divergence);
  }
  return first;
}

}  // namespace steq

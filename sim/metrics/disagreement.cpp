// SPDX-License-Identifier: MIT
#include "sim/metrics/disagreement.hpp"

#include "sim/metrics/comparison.hpp"
#include "sim/processes/change_log_reader.hpp"

namespace steq {
namespace {

/// Adds each step's change in the number of disagreeing weights to `difference`.
void add_tensor(const ChangePointLog& log_a, const ChangePointLog& log_b, std::vector<std::ptrdiff_t>& difference) {
  std::vector<Level> level_a = log_a.initial_levels(), level_b = log_b.initial_levels();
  for (std::size_t i = 0; i < level_a.size(); ++i) difference[0] += level_a[i] != level_b[i];
  ChangeLogReader reader_a(log_a), reader_b(log_b);
  const auto next = [&] { return std::min(reader_a.next(), reader_b.next()); };
  for (Change now = next(); now != ChangeLogReader::kEnd; now = next()) {
    Level &a = level_a.at(now.second), &b = level_b.at(now.second);
    const int before = a != b;
    a = reader_a.advance(now, a);
    b = reader_b.advance(now, b);
    difference.at(now.first) += (a != b) - before;
  }
}

}  // namespace

std::vector<std::size_t> disagreement_curve(const LearnerTrace& a, const LearnerTrace& b, Step steps) {
  check_same_tensors(a, b);
  check_logs(a);
  check_logs(b);
  std::vector<std::ptrdiff_t> difference(std::size_t{steps} + 1);
  for (std::size_t t = 0; t < a.tensors.size(); ++t) add_tensor(*a.tensors[t].log, *b.tensors[t].log, difference);
  std::vector<std::size_t> curve;
  std::ptrdiff_t apart = 0;
  for (const std::ptrdiff_t change : difference) curve.push_back(static_cast<std::size_t>(apart += change));
  return curve;
}

std::size_t weight_count(const LearnerTrace& learner) {
  std::size_t count = 0;
  for (const TensorTrace& tensor : learner.tensors)
    if (tensor.log) count += tensor.log->initial_levels().size();
  return count;
}

}  // namespace steq

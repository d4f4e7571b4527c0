// SPDX-License-Identifier: MIT
#include "sim/metrics/sequence_totals.hpp"

#include <algorithm>

#include "sim/processes/compression.hpp"
#include "sim/processes/process_pairs.hpp"

namespace steq {
namespace {

std::uint64_t distance(std::uint32_t x, std::uint32_t y) { return x < y ? y - x : x - y; }

void add_exact(const LearningProcess& a, const LearningProcess& b, SequenceTotals& totals) {
  const bool changed = a.changes() > 0 || b.changes() > 0;
  const bool same_end = a.levels.back() == b.levels.back();
  totals.weights += 1;
  totals.changed += changed;
  totals.final_agreeing += same_end;
  totals.final_agreeing_changed += changed && same_end;
  if (!std::ranges::equal(a.levels, b.levels)) return;
  totals.agreeing += 1;
  totals.agreeing_changed += changed;
  totals.changes_of_agreeing += a.changes();
  for (std::size_t i = 0; i < a.size(); ++i) totals.step_difference += distance(a.steps[i], b.steps[i]);
}

using Compressed = std::vector<CompressedEntry>;

std::uint64_t oscillations(const Compressed& process) {
  std::uint64_t sum = 0;
  for (const CompressedEntry& entry : process) sum += entry.oscillations;
  return sum;
}

void add_compressed(const Compressed& a, const Compressed& b, SequenceTotals& totals) {
  totals.oscillations_a += oscillations(a);
  totals.oscillations_b += oscillations(b);
  if (!std::ranges::equal(a, b, {}, &CompressedEntry::level, &CompressedEntry::level)) return;
  totals.compressed_agreeing += 1;
  totals.compressed_changes_of_agreeing += a.size() - 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    totals.compressed_step_difference += distance(a[i].step, b[i].step);
    totals.oscillation_difference += distance(a[i].oscillations, b[i].oscillations);
  }
}

void add_tensor(const ChangePointLog& log_a, const ChangePointLog& log_b, SequenceTotals& totals) {
  Compressed compressed_a, compressed_b;
  for_each_process_pair(log_a, log_b, [&](const LearningProcess& a, const LearningProcess& b) {
    add_exact(a, b, totals);
    compress(a, compressed_a);
    compress(b, compressed_b);
    add_compressed(compressed_a, compressed_b, totals);
  });
}

bool has_logs(const LearnerTrace& learner) {
  return std::ranges::all_of(learner.tensors, [](const TensorTrace& tensor) { return tensor.log != nullptr; });
}

}  // namespace

SequenceTotals sequence_totals(const LearnerTrace& a, const LearnerTrace& b) {
  SequenceTotals totals;
  if (!has_logs(a) || !has_logs(b)) return totals;
  for (std::size_t i = 0; i < a.tensors.size(); ++i) add_tensor(*a.tensors[i].log, *b.tensors[i].log, totals);
  return totals;
}

}  // namespace steq

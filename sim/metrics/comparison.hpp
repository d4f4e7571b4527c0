// SPDX-License-Identifier: MIT
// Two finished learners side by side, with the sums that several metrics share.
#pragma once

#include "sim/metrics/alignment_totals.hpp"
#include "sim/metrics/inference_totals.hpp"
#include "sim/metrics/sequence_totals.hpp"
#include "sim/metrics/trace.hpp"

namespace steq {

/// Throws DomainError unless both learners have the same tensors: number, names, order, and numbers of weights as far
/// as these are recorded; and the same weights were watched.
void check_same_tensors(const LearnerTrace& a, const LearnerTrace& b);

/// Throws DomainError where a tensor of the learner has no log.
void check_logs(const LearnerTrace& learner);

/// Whether levels of the two can be compared, weight by weight: all were recorded, and both grids of a tensor have
/// equally many, as far as these are known.
bool comparable_levels(const LearnerTrace& a, const LearnerTrace& b);

/// Everything is measured at construction, in one pass each over logs, weights and logits.
class Comparison {
 public:
  /// Keeps references to a and b, which must outlive it. `map` takes weights of a into the coordinates of b.
  /// Throws DomainError as check_same_tensors does, or where a log names a weight that its tensor does not have.
  Comparison(const LearnerTrace& a, const LearnerTrace& b, const WeightMap& map);

  const LearnerTrace& a() const { return a_; }
  const LearnerTrace& b() const { return b_; }
  const SequenceTotals& sequences() const { return sequences_; }
  const AlignmentTotals& alignment() const { return alignment_; }
  const InferenceTotals& inference() const { return inference_; }

 private:
  const LearnerTrace& a_;
  const LearnerTrace& b_;
  SequenceTotals sequences_;
  AlignmentTotals alignment_;
  InferenceTotals inference_;
};

}  // namespace steq

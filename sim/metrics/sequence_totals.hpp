// SPDX-License-Identifier: MIT
// What the metrics of learning processes share: whole numbers from one pass over all weights of two learners.
#pragma once

#include <cstdint>

#include "sim/metrics/trace.hpp"

namespace steq {

/// Counts over the weights of all quantized tensors. A weight is *changed* if its level changed in either learner, and
/// *agrees* if it has equal level sequences in both, whatever the steps.
struct SequenceTotals {
  std::uint64_t weights = 0;
  std::uint64_t changed = 0;
  std::uint64_t final_agreeing = 0;          ///< weights with equal last levels
  std::uint64_t final_agreeing_changed = 0;  ///< of these, the changed ones

  std::uint64_t agreeing = 0;
  std::uint64_t agreeing_changed = 0;
  std::uint64_t changes_of_agreeing = 0;  ///< change points of one learner, agreeing weights
  std::uint64_t step_difference = 0;      ///< |step in a - step in b| over these change points

  // The same for compressed sequences.
  std::uint64_t compressed_agreeing = 0;
  std::uint64_t compressed_changes_of_agreeing = 0;
  std::uint64_t compressed_step_difference = 0;
  std::uint64_t oscillation_difference = 0;  ///< |count in a - count in b| over entries, compressed-agreeing weights

  std::uint64_t oscillations_a = 0;  ///< of all weights
  std::uint64_t oscillations_b = 0;
};

/// One tensor at a time is unpacked, a part of its weights at a time (for_each_process_pair). Both learners must have
/// the same tensors. All 0 where a tensor of either learner has no log.
SequenceTotals sequence_totals(const LearnerTrace& a, const LearnerTrace& b);

}  // namespace steq

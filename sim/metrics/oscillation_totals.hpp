// SPDX-License-Identifier: MIT
// How restless the levels of a tensor were, in totals that add up over tensors.
#pragma once

#include "sim/metrics/oscillation_frequency.hpp"

namespace steq {

struct OscillationTotals {
  std::uint64_t weights = 0;
  Step steps = 0;
  std::uint64_t changes = 0;      ///< of level
  std::uint64_t reversals = 0;    ///< of these, the ones opposite to the weight's last change
  int largest_jump = 0;           ///< of one update, in levels
  double frequency_sum = 0;       ///< of f after the last update, over weights
  std::uint64_t oscillating = 0;  ///< weights with f above the threshold then

  /// Adds another tensor of the same learner.
  OscillationTotals& operator+=(const OscillationTotals& other);

  /// Share of weights that change level, mean over updates (flip ratio of larq); 0 to 1, 0 without updates.
  double flip_ratio() const;
  double mean_frequency() const;     ///< 0 to 1
  double oscillating_share() const;  ///< 0 to 1
};

/// Linear in weights and change points. Throws DomainError where a setting is outside its range.
OscillationTotals oscillation_totals(const ChangePointLog& log, const OscillationSettings& settings, Step steps);

}  // namespace steq

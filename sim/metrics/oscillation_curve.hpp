// SPDX-License-Identifier: MIT
// The same over time: what happened at every update, and how many weights oscillate after it.
#pragma once

#include "sim/metrics/oscillation_frequency.hpp"

namespace steq {

/// Each [steps + 1]; entry t belongs to update t, entry 0 is the start.
struct OscillationCurve {
  std::vector<std::uint64_t> flips;        ///< weights that changed level
  std::vector<std::uint64_t> reversals;    ///< of these, the ones opposite to the weight's last change
  std::vector<std::uint64_t> oscillating;  ///< weights with f above the threshold
  std::vector<double> frequency_sum;       ///< sum of f over weights

  /// Adds another tensor of the same learner.
  OscillationCurve& operator+=(const OscillationCurve& other);
};

/// Linear in weights, change points and steps. Throws DomainError where a setting is outside its range.
OscillationCurve oscillation_curve(const ChangePointLog& log, const OscillationSettings& settings, Step steps);

}  // namespace steq

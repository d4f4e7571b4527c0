// SPDX-License-Identifier: MIT
// Oscillation as Nagel et al., arXiv:2203.11086, section 3.3, measure it: a weight oscillates at an update that changes
// its level in the direction opposite to its last change, and f is the exponential average of that indicator o over the
// optimizer updates: f(t) = m o(t) + (1 - m) f(t - 1), f(0) = 0.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/processes/change_points.hpp"

namespace steq {

struct OscillationSettings {
  double momentum = 0.01;    ///< m, in (0, 1]; the higher, the shorter the memory
  double threshold = 0.005;  ///< in (0, 1); a weight with f above it is called oscillating
};

/// Throws DomainError where a setting is outside its range.
void require_valid(const OscillationSettings& settings);

/// (1 - m)^t for t = 0 .. steps, 8 bytes each, as far as these are above 0: what is left of f after t quiet updates.
class QuietDecay {
 public:
  QuietDecay(double momentum, Step steps);

  double momentum() const { return momentum_; }
  double after(Step updates) const { return updates < powers_.size() ? powers_[updates] : 0; }
  /// The first number of updates after which `frequency` is no longer above the threshold (> 0); steps + 1 where that
  /// takes longer.
  Step updates_until(double frequency, double threshold) const;

 private:
  double momentum_;
  std::vector<double> powers_;
};

/// f of one weight, brought up to date where it oscillates and where it is asked for: between two oscillations it only
/// decays, so that the cost of a weight is linear in its change points, not in updates.
class OscillationFrequency {
 public:
  /// f at step t, which must not be before the last oscillation.
  double at(Step t, const QuietDecay& decay) const { return frequency_ * decay.after(t - last_); }
  /// The weight oscillates at step t.
  void oscillate(Step t, const QuietDecay& decay);
  /// The first step, at most `end`, at which f is no longer above the threshold unless the weight oscillates again.
  Step below_from(double threshold, const QuietDecay& decay, Step end) const;

 private:
  double frequency_ = 0;
  Step last_ = 0;  // oscillation
};

/// f of every weight after `steps` updates, none of the log's being later. Throws DomainError where the momentum is not
/// in (0, 1].
std::vector<double> oscillation_frequencies(const ChangePointLog& log, double momentum, Step steps);

/// How often each weight oscillated.
std::vector<std::uint32_t> reversal_counts(const ChangePointLog& log);

}  // namespace steq

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "experiments/config/config.hpp"
#include "sim/metrics/pair_kind.hpp"

namespace steq {

/// What a comparison of learners a and b is: the map that takes weights of a into b's coordinates, and why it is made.
struct PairRole {
  bool mapped = false;  ///< by M; else the identity
  PairKind kind = PairKind::other;
};

/// A pair is a control where whole recipes agree but for the one key that makes it one, and identical where they agree.
PairRole role_of(const ExperimentConfig& config, const std::string& a, const std::string& b);

/// Whether the optimizer makes an STE equivalent need alpha and M.
bool rescales(const LearnerConfig& learner);

}  // namespace steq

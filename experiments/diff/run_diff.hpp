// SPDX-License-Identifier: MIT
// Everything in which two runs differ.
#pragma once

#include "experiments/diff/pair_diff.hpp"

namespace steq {

/// One of the two runs, for the reader.
struct RunLabel {
  std::string directory, name;
  std::string status;           ///< as summary.json says; empty where there is none
  std::optional<Step> steps{};  ///< updates made, where known
};

struct RunDiff {
  RunLabel a, b;
  std::vector<std::string> only_a, only_b;  ///< learners that have no counterpart
  SettingDifferences settings;              ///< of the configs and of the matched learners
  SettingDifferences build;                 ///< what the runs were made by: for information
  std::vector<PairDiff> pairs;
  std::vector<std::string> remarks;  ///< what of the logs was left out, and why

  /// No result is known to differ; settings and builds may.
  bool same() const;
  /// The step up to which pairs were compared of which one ends there; the first where there are several.
  std::optional<Step> until() const;
  /// Of all pairs the one that parts first; null where none does.
  const PairDiff* first_to_part() const;
  /// Metrics of all pairs that are beyond the noise floor.
  std::size_t beyond_floor() const;
};

/// Throws InputError where the runs cannot be compared.
RunDiff run_diff(const RunPair& runs);

/// What it comes to, in a few sentences.
std::string verdict(const RunDiff& diff);

}  // namespace steq

// SPDX-License-Identifier: MIT
// The pairs that a study measures, and how it names them.
#pragma once

#include <map>

#include "experiments/studies/study_config.hpp"

namespace steq {

/// A pair is "VARIANT: A / B", of a chain in its last stage, "VARIANT/STAGE: A / B" of a stage before the last, or with
/// several seeds "VARIANT: A / other seed".
struct StudyPairs {
  std::vector<std::string> standard;  ///< those that are shown where nothing else is asked for: no earlier stages
  std::vector<std::string> measured;  ///< by the study as it will run
  std::vector<std::string> known;     ///< measured by it in full
  /// "VARIANT/STAGE: A / B" of a last stage, with the name by which it is measured.
  std::map<std::string, std::string> other_names;
};

StudyPairs pairs_of(const StudyConfig& study, const StudyConfig& full);

}  // namespace steq

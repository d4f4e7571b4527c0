// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "experiments/studies/study_config.hpp"

namespace steq {

/// One variant with one seed: what a study is made of, and what a cluster runs as one job.
struct StudyCase {
  std::size_t index;  ///< in the list of all cases
  const StudyConfig* study;
  const StudyVariant* variant;
  std::uint64_t seed;

  /// "VARIANT-seed-N"
  std::string name() const;
  /// Below that of the study.
  std::string directory() const { return "runs/" + name(); }
  /// Of the run of a stage; of the only run where the variant is no chain.
  std::string directory_of(const std::string& stage) const;
};

/// All cases in the order of variants and seeds, which never changes, numbered on from `first`. They point into the study.
std::vector<StudyCase> cases_in(const StudyConfig& study, std::size_t first = 0);

/// SHA-256 of what decides the results, so far as configs say it: neither names nor the places of files count.
std::string config_hash(const StudyCase& c);

}  // namespace steq

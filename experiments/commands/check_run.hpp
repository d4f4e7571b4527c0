// SPDX-License-Identifier: MIT
// The assumptions of the learners of a run, with what the run measured.
#pragma once

#include <string>
#include <vector>

#include "theory/assumptions/assumption.hpp"

namespace steq {

/// The findings about one learner.
struct Assessment {
  std::string learner;                    ///< or the recipe, where there is no run
  std::vector<std::string> pair;          ///< the two learners declared equivalent, or nothing
  std::string optimizer;                  ///< name
  std::vector<Finding> findings;          ///< of all its tensors the worst for each assumption
  std::vector<std::string> tensors = {};  ///< the tensor of each finding; empty where there is no run
  /// The assumptions about q that keep the estimator out of the class, on one of the tensors at least.
  std::vector<std::string> class_failures = {};
  std::vector<std::string> warnings = {};  ///< of the estimator on its grids
};

/// 2 where the assumption fails, 1 where that is not known, 0 where it holds.
int severity(const Finding& finding);

/// Adds what is to be said of the estimator alone.
void add_class(Assessment& assessment, const Situation& situation);

/// One for each learner of each comparison of kind "equivalent", or where there is none for each learner, whose
/// estimator is not the STE. Throws InputError where the directory is not that of a run, or its summary.json lacks what
/// is needed.
std::vector<Assessment> assess_run(const std::string& directory);

}  // namespace steq

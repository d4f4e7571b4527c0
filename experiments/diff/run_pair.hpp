// SPDX-License-Identifier: MIT
// Two run directories, opened to be compared.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "records/stored_run.hpp"

namespace steq {

struct DiffOptions {
  std::string a, b;          ///< run directories
  std::string learners{};    ///< "NAME_A,NAME_B", one name for both, or empty: all that have the same name
  NamedControls controls{};  ///< learners of a run that the user calls controls
  bool json = false;
};

struct RunPair {
  StoredRun a, b;
  std::vector<std::pair<std::string, std::string>> learners;  ///< names in a and b; at least one
  std::vector<std::string> only_a, only_b;                    ///< learners that have no counterpart
  NamedControls across;                                       ///< controls of a learner of a and one of b
  bool same_directory = false;
};

/// Throws InputError, with every problem of both, where a directory is not that of a training run, no two learners
/// can be matched, or a control names learners that there are not.
RunPair open_runs(const DiffOptions& options);

}  // namespace steq

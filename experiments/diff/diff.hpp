// SPDX-License-Identifier: MIT
// `steq diff`: in what two runs differ.
#pragma once

#include <string>

#include "experiments/diff/run_pair.hpp"

namespace steq {

struct DiffResult {
  std::string output;                  ///< the text or the JSON document that goes to standard output
  bool same;                           ///< no result of the two runs is known to differ
  std::vector<std::string> remarks{};  ///< what else to tell the user
};

/// Throws InputError where a directory is not that of a training run or damaged, or the two cannot be compared.
DiffResult diff(const DiffOptions& options);

}  // namespace steq

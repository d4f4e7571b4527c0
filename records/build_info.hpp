// SPDX-License-Identifier: MIT
// What this program was built from and how, and what it meets on this machine: a result depends on it to the last bit.
#pragma once

#include <string>

#include "records/json_values.hpp"

namespace steq {

struct BuildInfo {
  std::string version;
  std::string git_commit;  ///< with "-dirty" where files differed from it; "unknown" outside git
  std::string compiler;    ///< "GCC 12.2.0"
  std::string flags;
  std::string instruction_set;      ///< "native (AVX-512)" or "portable (x86-64-v2)"
  std::string kernels;              ///< the library behind the float kernels, with its version and kinds of convolution
  std::string kernel_instructions;  ///< what the libraries of the kernels use on this machine
  std::string caches;               ///< "L1 32K, L2 512K, L3 8192K" where the kernels plan by them, else "not used"
  std::string math_library;         ///< with a digest of what it returns on this machine
};

BuildInfo build_info();

/// {"steq", "git_commit", "compiler", ...}: one key a member, as manifests and checkpoints hold them.
Json build_json();

}  // namespace steq

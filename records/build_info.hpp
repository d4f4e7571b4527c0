// SPDX-License-Identifier: MIT
// What this program was built from and how; a result depends on it to the last bit.
#pragma once

#include <string>

namespace steq {

struct BuildInfo {
  std::string version;
  std::string git_commit;  ///< with "-dirty" where files differed from it; "unknown" outside git
  std::string compiler;    ///< "GCC 12.2.0"
  std::string flags;
  std::string instruction_set;  ///< "native (AVX-512)" or "portable (x86-64-v2)"
  std::string kernels;          ///< the library behind the float kernels, with its version and kinds of convolution
};

BuildInfo build_info();

}  // namespace steq

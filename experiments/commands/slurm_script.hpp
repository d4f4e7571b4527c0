// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace steq {

/// What a Slurm script is made of.
struct SlurmJob {
  std::string name;               ///< of letters, digits, '.', '_' and '-'
  std::vector<std::string> call;  ///< the program and its arguments, but for those that choose cases and threads
  std::string directory;          ///< where it is called
  std::size_t cases = 1;
  int cpus = 1;
};

/// A job array of the cases whose script, called in a shell, submits itself and a merge behind it.
std::string slurm_script(const SlurmJob& job);

}  // namespace steq

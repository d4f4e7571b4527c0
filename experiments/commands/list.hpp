// SPDX-License-Identifier: MIT
// What runs a folder holds, without reading more of them than their JSON files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

struct ListedRun {
  std::string directory;  ///< as it can be given to other commands
  std::string kind;       ///< "run", "study", "experiment" (of closed forms), or "logs" of another program
  std::string state;      ///< "complete", "interrupted", "diverged", "unfinished", "running", "recorded", ...
  std::optional<std::uint64_t> step;  ///< updates that were made, as far as the files say
  std::vector<std::string> learners;  ///< of a run or of logs
  std::string verdict;                ///< the first that the run comes to; empty where there is none
  std::uintmax_t bytes = 0;           ///< of all its files
};

/// All below `folder`, and the folder itself where it is one, alphabetical; those of a study follow it. What cannot be
/// read is listed as "damaged". Throws InputError where there is no such folder.
std::vector<ListedRun> list_runs(const std::filesystem::path& folder);

std::string list_text(const std::vector<ListedRun>& runs);
Json list_json(const std::vector<ListedRun>& runs);

}  // namespace steq

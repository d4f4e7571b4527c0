// SPDX-License-Identifier: MIT
// What in a directory is steq's own, told by names and contents: the rest is never removed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace steq {

/// True where manifest.json is one that steq writes into the directory of a run.
bool is_run(const std::filesystem::path& directory);

/// True where all that is there was written by a run that is not complete; also of an empty directory.
bool is_unfinished_run(const std::filesystem::path& directory);

/// True where study.json or config.json is that of a study.
bool is_study(const std::filesystem::path& directory);

/// Removes every file that a run or its report writes, then the directories that are left empty, `directory` with
/// them. Returns the files that stay, relative to it. Throws IoError where the system refuses.
std::vector<std::string> remove_run(const std::filesystem::path& directory);

/// Removes what a killed process left half-written.
void remove_temporaries(const std::filesystem::path& directory);

}  // namespace steq

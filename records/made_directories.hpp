// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

namespace steq {

/// A directory with its parents. Those that had to be made are removed again at the end, unless something is in them.
class MadeDirectories {
 public:
  /// Throws IoError where the system refuses.
  explicit MadeDirectories(const std::filesystem::path& directory);
  ~MadeDirectories();
  MadeDirectories(const MadeDirectories&) = delete;
  MadeDirectories& operator=(const MadeDirectories&) = delete;

 private:
  std::vector<std::filesystem::path> made_;  ///< innermost first
};

/// Makes a directory and its parents where they are missing. Throws IoError where the system refuses.
void make_directories(const std::filesystem::path& path);

}  // namespace steq

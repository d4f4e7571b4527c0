// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace steq {

/// Keeps a directory to this process, also when it is renamed, until the lock or the process ends, however it ends.
/// Where the file system knows no locks nothing is locked.
class DirectoryLock {
 public:
  DirectoryLock() = default;
  /// Throws InputError where another process, or another lock, has the directory. One that is not there is not locked.
  explicit DirectoryLock(const std::filesystem::path& directory);
  ~DirectoryLock();
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;

 private:
  int file_ = -1;
};

}  // namespace steq

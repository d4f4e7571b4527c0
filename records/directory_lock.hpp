// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace steq {

/// Another process holds a directory: an attempt later may succeed.
class BusyError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Keeps the name of a directory, whether that is there or not, to this process until the lock or the process ends,
/// however it ends. Other processes of this machine are kept out by a word of the system (host_word.hpp), those of
/// other machines by FILE, a lock file that says who holds it: by the file system's own lock on it or, where the file
/// system has none, by its being there.
class DirectoryLock {
 public:
  /// Takes the lock for `directory` with the lock file `file`, whose folder must be there. Throws BusyError where
  /// somebody else has it, InputError where `file` is no lock file, IoError where it cannot be made.
  DirectoryLock(const std::filesystem::path& directory, const std::filesystem::path& file);
  ~DirectoryLock();
  DirectoryLock(DirectoryLock&&) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) noexcept;

  /// What the user should know of how the lock was had; empty for nothing.
  const std::string& remark() const;

 private:
  class Held;
  std::unique_ptr<Held> held_;
};

}  // namespace steq

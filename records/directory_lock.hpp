// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace steq {

/// Another process holds a directory: an attempt later may succeed.
class BusyError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How holders on other machines are believed to live, where the file system's own locks do not tell.
struct LockRules {
  std::chrono::milliseconds beat = std::chrono::seconds(30);     ///< from one sign of life to the next
  std::chrono::milliseconds expiry = std::chrono::minutes(3);    ///< of silence, after which a holder is dead
  std::chrono::milliseconds settling = std::chrono::seconds(1);  ///< after which of two that take it over one has it
  std::optional<bool> locks_reach_all = std::nullopt;            ///< as lock_reach.hpp finds it, where nothing is said
};

/// Keeps the name of a directory, whether that is there or not, to this process until the lock or the process ends,
/// however it ends. Other processes of this machine are kept out by a word of the system (host_word.hpp), those of
/// other machines by FILE, a lock file that says who holds it: by the file system's own lock on it or, where that has
/// none or keeps it to one machine, by the holder's signs of life in it.
class DirectoryLock {
 public:
  /// Takes the lock for `directory` with the lock file `file`, whose folder must be there. Throws BusyError where
  /// somebody else has it, InputError where `file` is no lock file, IoError where it cannot be made.
  DirectoryLock(const std::filesystem::path& directory, const std::filesystem::path& file, const LockRules& rules = {});
  ~DirectoryLock();
  DirectoryLock(DirectoryLock&&) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) noexcept;

  /// What the user should know of how the lock was had; empty for nothing.
  const std::string& remark() const;

  /// Whether another process has taken it over, as this one gave no sign of life for so long.
  bool is_lost() const;
  /// Throws BusyError where that is so.
  void require_held() const;

 private:
  class Held;
  std::unique_ptr<Held> held_;
};

/// Who holds the directory now, as text_of() tells it; empty for nobody. Disturbs nobody.
std::string living_holder(const std::filesystem::path& directory, const std::filesystem::path& file);

}  // namespace steq

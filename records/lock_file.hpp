// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "records/json_values.hpp"
#include "records/open_file.hpp"

namespace steq {

/// A file that says who writes somewhere: {"host", "pid", "since", "heartbeat", "locked"}, the last being whether its
/// holder has a lock on it, or has only made it.
class LockFile {
 public:
  /// Opens the file, or makes it. Throws IoError where that cannot be done.
  explicit LockFile(const std::string& path);

  /// Whether the file was made here, and by nobody before.
  bool is_new() const { return is_new_; }
  /// False where another process has removed the file since, and perhaps made it anew.
  bool is_still_there() const;

  /// Asks the file system for a lock: 0 where it is had, else the error, EWOULDBLOCK where somebody else has it.
  int try_lock() const;

  /// Makes this process the holder; where that cannot be written the file is removed. Throws IoError.
  void write_holder(bool locked);
  /// Sets the heartbeat to now. What fails is left to the next one.
  void beat() const noexcept;
  /// Whether the file names another holder now.
  bool is_taken_over() const noexcept;
  void remove() const noexcept;

 private:
  std::string path_;
  std::unique_ptr<OpenFile> file_;
  bool is_new_ = false;
  Json holder_;  ///< this process, once it is the holder
};

/// What a lock file says; an empty object where there is none, or its maker has not written yet. Throws InputError
/// where the file is something else, IoError where it cannot be read.
Json lock_holder(const std::string& path);

/// How long ago the holder gave a sign of life, by this machine's clock; nothing where it never does.
std::optional<std::chrono::seconds> silence_of(const Json& holder);

/// "PID on HOST, since T, last heard of N s ago"; empty where nobody is known.
std::string text_of(const Json& holder);

/// Whether a process of this machine has locked the file; asks the system, so that nobody finds it locked by us.
bool is_locked(const std::string& path);

}  // namespace steq

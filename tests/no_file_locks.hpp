// SPDX-License-Identifier: MIT
// File systems without locks, as some network file systems are: tests/main.cpp has a flock() of its own.
#pragma once

#include <atomic>
#include <cerrno>

namespace steq::testing {

/// The error with which flock() fails in this process; 0 for the system's own flock().
inline std::atomic<int> flock_error{0};

/// The file that flock() removes before it locks, as another process may; null for none.
inline std::atomic<const char*> removed_by_flock{nullptr};

/// While this lives no file can be locked.
class NoFileLocks {
 public:
  explicit NoFileLocks(int error = ENOLCK) { flock_error = error; }
  ~NoFileLocks() { flock_error = 0; }
  NoFileLocks(const NoFileLocks&) = delete;
  NoFileLocks& operator=(const NoFileLocks&) = delete;
};

}  // namespace steq::testing

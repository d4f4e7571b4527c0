// SPDX-License-Identifier: MIT
#define CATCH_CONFIG_MAIN
#include <sys/syscall.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "no_file_locks.hpp"

/// Takes the place of the C library's, also for libhdf5.
extern "C" int flock(int file, int operation) {
  if (const int error = steq::testing::flock_error) return errno = error, -1;
  if (const char* path = steq::testing::removed_by_flock) ::unlink(path);
  return static_cast<int>(::syscall(SYS_flock, file, operation));
}

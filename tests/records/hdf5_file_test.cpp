// SPDX-License-Identifier: MIT
#include "records/hdf5_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"
#include "tests/no_file_locks.hpp"

using namespace steq;
using testing::NoFileLocks;
using testing::TemporaryDirectory;

TEST_CASE("HDF5 files are made and read where there are no locks", "[hdf5]") {
  for (const int error : {0, ENOLCK, EBADF, ENOSYS, EOPNOTSUPP}) {
    const NoFileLocks none(error);
    const TemporaryDirectory directory;
    CHECK(create_hdf5(directory.file("a")).close() >= 0);
    CHECK(open_hdf5(directory.file("a")));
    CHECK_FALSE(open_hdf5(directory.file("none")));
  }
}

TEST_CASE("An HDF5 file that somebody writes is not read", "[hdf5]") {
  const TemporaryDirectory directory;
  create_hdf5(directory.file("a")).close();
  const int writer = ::open(directory.file("a").c_str(), O_RDWR);
  REQUIRE(::flock(writer, LOCK_EX) == 0);
  CHECK_FALSE(open_hdf5(directory.file("a")));
  CHECK(hdf5_reason() == std::strerror(EWOULDBLOCK));
  ::close(writer);
  CHECK(open_hdf5(directory.file("a")));
}

TEST_CASE("An HDF5 file that cannot be made is an IoError", "[hdf5]") {
  CHECK_THROWS_AS(create_hdf5("/proc/steq/a"), IoError);
}

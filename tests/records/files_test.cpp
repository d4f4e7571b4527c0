// SPDX-License-Identifier: MIT
#include "records/files.hpp"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::get;
using testing::message;
using testing::put;

namespace {

/// No file may grow beyond `bytes` while this lives: a disk that fills up.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

}  // namespace

TEST_CASE("Bytes are written and read back unchanged, an old file is replaced") {
  const testing::TemporaryDirectory directory;
  std::string bytes(200000, 'x');
  bytes[0] = '\0', bytes[70000] = '\n';
  write_file_atomically(directory.file("a"), "old");
  write_file_atomically(directory.file("a"), bytes);
  CHECK(get(directory.file("a")) == bytes);
  CHECK(read_file(directory.file("a")) == bytes);
  CHECK(directory.entries() == 1);
}

TEST_CASE("A full disk is an error that leaves the old file and nothing else") {
  const testing::TemporaryDirectory directory;
  put(directory.file("a"), "old");
  std::filesystem::create_symlink("/dev/full", directory.file("a.tmp"));
  CHECK_THAT(message<IoError>([&] { write_file_atomically(directory.file("a"), "new"); }),
             Contains("cannot write: No space left on device"));
  CHECK(get(directory.file("a")) == "old");
  CHECK(directory.entries() == 1);
}

TEST_CASE("A disk that fills up half-way is an error that leaves the old file and nothing else") {
  const testing::TemporaryDirectory directory;
  put(directory.file("a"), "old");
  {
    const SmallDisk small(5000);
    CHECK_THAT(message<IoError>([&] { write_file_atomically(directory.file("a"), std::string(20000, 'x')); }),
               Contains("File too large"));
  }
  CHECK(get(directory.file("a")) == "old");
  CHECK(directory.entries() == 1);
}

TEST_CASE("What cannot be opened is named with the system's reason") {
  const testing::TemporaryDirectory directory;
  CHECK_THAT(message<IoError>([&] { read_file(directory.file("none")); }), Contains("none: cannot open: No such file"));
  CHECK_THAT(message<IoError>([&] { read_file(directory.path().string()); }), Contains("Is a directory"));
  CHECK_THAT(message<IoError>([&] { write_file_atomically(directory.file("no/where"), "x"); }),
             Contains("No such file"));
  std::filesystem::create_directory(directory.path() / "folder");
  put(directory.path() / "folder" / "x", "");
  CHECK_THROWS_AS(write_file_atomically(directory.file("folder"), "x"), IoError);
  CHECK(directory.entries() == 1);
}

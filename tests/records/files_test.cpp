// SPDX-License-Identifier: MIT
#include "records/files.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

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

TEST_CASE("A link keeps pointing to its file, which is the one that is written") {
  const testing::TemporaryDirectory directory;
  namespace fs = std::filesystem;
  fs::create_directory(directory.path() / "deep");
  fs::create_symlink("deep/target", directory.file("link"));
  fs::create_symlink(directory.file("link"), directory.file("absolute"));
  for (const char* name : {"link", "absolute"}) {
    write_file_atomically(directory.file(name), name);  // the first time nothing is there
    CHECK(fs::is_symlink(directory.path() / name));
    CHECK(get(directory.path() / "deep" / "target") == name);
  }
  CHECK(behind_links(directory.path() / "absolute") == directory.path() / "deep" / "target");
  CHECK(behind_links(directory.path() / "none") == directory.path() / "none");
  CHECK(directory.entries() == 3);
}

TEST_CASE("A file keeps its mode, and a neighbour its place") {
  const testing::TemporaryDirectory directory;
  put(directory.file("a"), "old");
  put(directory.file("a.tmp"), "mine");
  ::chmod(directory.file("a").c_str(), 0640);
  write_file_atomically(directory.file("a"), "new");
  CHECK(get(directory.file("a")) == "new");
  CHECK(get(directory.file("a.tmp")) == "mine");
  struct stat status {};
  REQUIRE(::stat(directory.file("a").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("Names up to the longest can be written") {
  const testing::TemporaryDirectory directory;
  const std::string longest(255, 'n');
  write_file_atomically(directory.file(longest), "x");
  CHECK(get(directory.file(longest)) == "x");
  CHECK_THAT(message<IoError>([&] { write_file_atomically(directory.file(longest + "n"), "x"); }),
             Contains("File name too long"));
  CHECK(directory.entries() == 1);
}

TEST_CASE("Devices and pipes are written to, and stay what they are") {
  const testing::TemporaryDirectory directory;
  CHECK_THAT(message<IoError>([&] { write_file_atomically("/dev/full", "new"); }),
             Contains("/dev/full: cannot write: No space left on device"));
  std::filesystem::create_symlink("/dev/null", directory.file("null"));
  write_file_atomically(directory.file("null"), "new");
  CHECK(std::filesystem::is_symlink(directory.file("null")));

  REQUIRE(::mkfifo(directory.file("pipe").c_str(), 0600) == 0);
  std::string arrived;
  std::thread reader([&] { arrived = get(directory.file("pipe")); });
  write_file_atomically(directory.file("pipe"), "through");
  reader.join();
  CHECK(arrived == "through");
  CHECK(std::filesystem::is_fifo(directory.file("pipe")));
}

TEST_CASE("What this process has open is written to where it stands") {
  const testing::TemporaryDirectory directory;
  put(directory.file("log"), "before ");
  const int before = ::dup(STDOUT_FILENO);
  const int log = ::open(directory.file("log").c_str(), O_WRONLY | O_APPEND);
  REQUIRE(log >= 0);
  ::dup2(log, STDOUT_FILENO);
  write_file_atomically("/dev/stdout", "page ");
  [[maybe_unused]] const auto count = ::write(STDOUT_FILENO, "after", 5);
  ::dup2(before, STDOUT_FILENO);
  ::close(log);
  ::close(before);
  CHECK(get(directory.file("log")) == "before page after");
  CHECK(std::filesystem::is_symlink("/dev/stdout"));
}

TEST_CASE("Names that a killed process leaves are known as temporary") {
  CHECK(is_temporary("weights/.steq-17-1.tmp"));
  for (const char* name : {"a.tmp", ".steq", "steq-1.tmp", ".steq-1.txt"}) CHECK_FALSE(is_temporary(name));
}

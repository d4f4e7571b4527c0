// SPDX-License-Identifier: MIT
#include "records/directory_lock.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "records/host_word.hpp"
#include "records/json_values.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"
#include "tests/no_file_locks.hpp"

using namespace steq;
using Catch::Contains;
using testing::get;
using testing::message;
using testing::NoFileLocks;
using testing::put;
using testing::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

struct Place : TemporaryDirectory {
  fs::path directory = path() / "run", file = path() / "run.lock";

  DirectoryLock lock() const { return {directory, file}; }
  std::string busy() const {
    return message<BusyError>([&] { lock(); });
  }
  /// What a process that was killed has left.
  void leave(const std::string& host, bool locked) const {
    put(file, Json{{"steq lock", 1}, {"host", host}, {"pid", 7}, {"since", "then"}, {"locked", locked}}.dump());
  }
};

/// Whether another process gets the lock meanwhile.
bool another_process_gets(const Place& place) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      place.lock();
    } catch (const BusyError&) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status == 0;
}

}  // namespace

TEST_CASE("One holder at a time has a directory, and the lock file says who", "[lock]") {
  const Place place;
  {
    const DirectoryLock held = place.lock();
    CHECK(held.remark().empty());
    CHECK_THAT(get(place.file), Contains(host_name()) && Contains(std::to_string(::getpid())));
    CHECK_THAT(place.busy(), Contains("run: another process (" + std::to_string(::getpid()) + " on " + host_name()));
    CHECK_FALSE(another_process_gets(place));
    CHECK(fs::exists(place.file));
  }
  CHECK(place.entries() == 0);
  CHECK(another_process_gets(place));
}

TEST_CASE("Without file locks there is one holder all the same, and it is said", "[lock]") {
  for (const int error : {ENOLCK, EBADF, ENOSYS, EOPNOTSUPP}) {
    const NoFileLocks none(error);
    const Place place;
    {
      const DirectoryLock held = place.lock();
      CHECK_THAT(held.remark(), Contains("this file system has no locks"));
      CHECK_FALSE(another_process_gets(place));
      CHECK_THAT(place.busy(), Contains("another process"));
    }
    CHECK(place.entries() == 0);
    CHECK(another_process_gets(place));
  }
}

TEST_CASE("What a killed process has left is taken over, unless it may live on another machine", "[lock]") {
  const Place place;
  const auto free = [&](const std::string& host, bool locked) {
    place.leave(host, locked);
    return message<BusyError>([&] { place.lock(); }) == "no error";
  };
  CHECK(free(host_name(), true));
  CHECK(free(host_name(), false));
  CHECK(free("elsewhere", true));  // its lock would be seen
  CHECK_FALSE(free("elsewhere", false));
  CHECK_THAT(place.busy(),
             Contains("another process (7 on elsewhere, since then)") && Contains("remove " + place.file.string()));
  const NoFileLocks none;
  CHECK(free(host_name(), true));
  CHECK(free(host_name(), false));
  CHECK_FALSE(free("elsewhere", true));
  CHECK_FALSE(free("elsewhere", false));
}

TEST_CASE("A lock file that was not finished is free where there are locks", "[lock]") {
  const Place place;
  put(place.file, "");
  place.lock();
  put(place.file, "");
  const NoFileLocks none;
  CHECK_THAT(place.busy(), Contains("another process is writing it; where it has ended, remove "));
}

TEST_CASE("A file of somebody else is no lock file, and stays", "[lock]") {
  const Place place;
  for (const char* text : {"dependencies", "{\"name\": \"x\"}", "[1]"}) {
    put(place.file, text);
    CHECK_THAT(message<InputError>([&] { place.lock(); }), Contains("run.lock: is no lock file of steq"));
    CHECK(get(place.file) == text);
  }
  fs::remove(place.file);
  fs::create_symlink(place.path() / "target", place.file);
  CHECK_THROWS_AS(place.lock(), IoError);
  CHECK_FALSE(fs::exists(place.path() / "target"));
}

TEST_CASE("A lock that cannot be made is an IoError", "[lock]") {
  CHECK_THROWS_AS(DirectoryLock("/proc/steq", "/proc/steq.lock"), IoError);
  CHECK_THROWS_AS(DirectoryLock("/tmp/no/folder/run", "/tmp/no/folder/run.lock"), IoError);
}

TEST_CASE("A lock file that never stays is an IoError, and nothing waits for it for ever", "[lock]") {
  const Place place;
  testing::removed_by_flock = place.file.c_str();
  const std::string said = message<IoError>([&] { place.lock(); });
  testing::removed_by_flock = nullptr;
  CHECK_THAT(said, Contains("run.lock: cannot be kept: opened 100 times, it was removed each time"));
}

TEST_CASE("A word of the machine has one holder", "[lock]") {
  HostWord first("a"), other("b");
  CHECK(first.state() == HostWord::State::held);
  CHECK(other.state() == HostWord::State::held);
  CHECK(HostWord("a").state() == HostWord::State::taken);
  const HostWord moved = std::move(first);
  CHECK(HostWord("a").state() == HostWord::State::taken);
  other = HostWord();
  CHECK(HostWord("b").state() == HostWord::State::held);
}

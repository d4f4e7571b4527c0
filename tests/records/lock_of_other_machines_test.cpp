// SPDX-License-Identifier: MIT
// Locks of holders on other machines, where the file system's own locks do not tell whether they live.
#include <fmt/chrono.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <ctime>
#include <thread>

#include "records/directory_lock.hpp"
#include "records/host_word.hpp"
#include "records/lock_file.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"
#include "tests/no_file_locks.hpp"

using namespace steq;
using namespace std::chrono_literals;
using Catch::Contains;
using testing::get;
using testing::message;
using testing::NoFileLocks;
using testing::put;
using testing::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

std::string seconds_ago(int seconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr) - seconds));
}

struct SharedPlace : TemporaryDirectory {
  fs::path directory = path() / "run", file = path() / "run.lock";
  LockRules rules{.beat = 10ms, .settling = 10ms, .locks_reach_all = false};

  DirectoryLock lock() const { return {directory, file, rules}; }
  std::string busy() const {
    return message<BusyError>([&] { lock(); });
  }
  bool is_free() const { return busy() == "no error"; }
  /// What somebody else has written who was last heard of some seconds ago.
  void leave(int silence, const std::string& host = "elsewhere", bool locked = true) const {
    put(file, Json{{"steq lock", 1},
                   {"host", host},
                   {"pid", 7},
                   {"since", "then"},
                   {"heartbeat", seconds_ago(silence)},
                   {"locked", locked}}
                  .dump());
  }
  std::string heartbeat() const { return lock_holder(file.string()).value("heartbeat", ""); }
};

}  // namespace

TEST_CASE("A holder elsewhere lives while it is heard of, and says who it is", "[lock]") {
  const SharedPlace place;
  place.leave(20);
  CHECK_THAT(place.busy(), Contains("run: another process (7 on elsewhere, since then, last heard of 2") &&
                               Contains("wait until it has ended, or 180 s after it was last heard of"));
  place.leave(-100);  // its clock is ahead
  CHECK_FALSE(place.is_free());
  place.leave(170);
  CHECK_FALSE(place.is_free());
  place.leave(200);
  CHECK(place.is_free());
  CHECK_FALSE(fs::exists(place.file));
}

TEST_CASE("It is the same where the file system has no locks", "[lock]") {
  const NoFileLocks none;
  for (const bool locked : {false, true}) {
    const SharedPlace place;
    place.leave(20, "elsewhere", locked);
    CHECK_THAT(place.busy(), Contains("7 on elsewhere"));
    place.leave(200, "elsewhere", locked);
    CHECK(place.is_free());
    place.leave(0, host_name(), locked);  // whoever is killed here is known to be gone
    CHECK(place.is_free());
  }
}

TEST_CASE("Where locks reach all machines they tell, and not the heartbeat", "[lock]") {
  SharedPlace place;
  place.rules.locks_reach_all = true;
  place.leave(0);
  CHECK(place.is_free());
  place.leave(0, "elsewhere", false);  // but it had none
  CHECK_FALSE(place.is_free());
}

TEST_CASE("A holder gives signs of life", "[lock]") {
  const SharedPlace place;
  const DirectoryLock held = place.lock();
  const Json before = lock_holder(place.file.string());
  CHECK(before["heartbeat"] == before["since"]);
  CHECK(silence_of(before).value() < 5s);
  for (int i = 0; i < 300 && place.heartbeat() == before["since"]; ++i) std::this_thread::sleep_for(10ms);
  Json after = lock_holder(place.file.string());
  CHECK(after["heartbeat"] > before["since"]);
  after["heartbeat"] = before["heartbeat"];
  CHECK(after == before);
  held.require_held();
  CHECK_FALSE(held.is_lost());
}

TEST_CASE("Who was given up for dead knows it, and leaves the other's lock alone", "[lock]") {
  const SharedPlace place;
  {
    const DirectoryLock held = place.lock();
    place.leave(0);
    CHECK_THAT(message<BusyError>([&] { held.require_held(); }),
               Contains("another process (7 on elsewhere") && Contains("it took this over"));
    for (int i = 0; i < 300 && !held.is_lost(); ++i) std::this_thread::sleep_for(10ms);
    CHECK(held.is_lost());
  }
  CHECK_THAT(get(place.file), Contains("elsewhere"));
}

TEST_CASE("A lock file that somebody removed is no loss", "[lock]") {
  const SharedPlace place;
  const DirectoryLock held = place.lock();
  fs::remove(place.file);
  std::this_thread::sleep_for(50ms);
  held.require_held();
  CHECK_FALSE(held.is_lost());
}

TEST_CASE("Of two that find a dead holder the last one has the lock", "[lock]") {
  SharedPlace place;
  place.rules.settling = 300ms;
  place.leave(200);
  std::string first;
  std::thread taker([&] { first = place.busy(); });
  while (get(place.file).find(host_name()) == std::string::npos) std::this_thread::sleep_for(1ms);
  place.leave(0);
  taker.join();
  CHECK_THAT(first, Contains("another process (7 on elsewhere"));
  CHECK(lock_holder(place.file.string())["host"] == "elsewhere");
}

TEST_CASE("Who writes somewhere can be asked without disturbing anybody", "[lock]") {
  const SharedPlace place;
  const auto holder = [&] { return living_holder(place.directory, place.file); };
  CHECK(holder() == "");
  {
    const DirectoryLock held = place.lock();
    CHECK_THAT(holder(), Contains(std::to_string(::getpid()) + " on " + host_name()));
  }
  place.leave(0, host_name());
  CHECK(holder() == "");
  place.leave(20);
  CHECK_THAT(holder(), Contains("7 on elsewhere"));
  place.leave(200);
  CHECK(holder() == "");
  CHECK(place.is_free());
}

// SPDX-License-Identifier: MIT
#include "records/run_directory.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::get;
using testing::put;
using testing::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

void write_run(const fs::path& path, const std::string& content) {
  fs::create_directories(path);
  put(path / "manifest.json", content);
}

}  // namespace

TEST_CASE("A run directory appears at commit, with the parents made for it") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "deep" / "run";
  RunDirectory run(path.string() + "/");
  put(run.file("weights/ste-final"), "x");
  CHECK_FALSE(fs::exists(path));
  run.commit();
  CHECK(get(path / "weights" / "ste-final") == "x");
  CHECK_FALSE(fs::exists(run.staging()));
}

TEST_CASE("Without commit nothing is left, not even the parents") {
  const TemporaryDirectory temporary;
  {
    RunDirectory run(temporary.path() / "deep" / "er" / "run");
    put(run.file("a"), "x");
  }
  CHECK(temporary.entries() == 0);
}

TEST_CASE("Without commit a parent that holds something else stays") {
  const TemporaryDirectory temporary;
  {
    RunDirectory run(temporary.path() / "deep" / "run");
    put(temporary.path() / "deep" / "mine", "x");
  }
  CHECK(get(temporary.path() / "deep" / "mine") == "x");
}

TEST_CASE("An existing directory is refused without force and stays as it was") {
  const TemporaryDirectory temporary;
  write_run(temporary.path() / "run", "old");
  CHECK_THAT(testing::message<InputError>([&] { RunDirectory(temporary.path() / "run"); }),
             Contains("run: exists; use --force"));
  CHECK(get(temporary.path() / "run" / "manifest.json") == "old");
  CHECK(temporary.entries() == 1);
}

TEST_CASE("Force replaces an old run at commit and not before") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "run";
  write_run(path, "old");
  put(path / "other", "old");
  {
    RunDirectory run(path, Existing::replace);
    put(run.file("manifest.json"), "new");
    CHECK(get(path / "manifest.json") == "old");
  }
  CHECK(get(path / "manifest.json") == "old");
  RunDirectory run(path, Existing::replace);
  put(run.file("manifest.json"), "new");
  run.commit();
  CHECK(get(path / "manifest.json") == "new");
  CHECK_FALSE(fs::exists(path / "other"));
  CHECK(temporary.entries() == 1);
}

TEST_CASE("Force accepts an empty directory but nothing that is not a run directory") {
  const TemporaryDirectory temporary;
  fs::create_directory(temporary.path() / "empty");
  RunDirectory(temporary.path() / "empty", Existing::replace).commit();
  fs::create_directory(temporary.path() / "photos");
  put(temporary.path() / "photos" / "cat", "x");
  CHECK_THAT(testing::message<InputError>([&] { RunDirectory(temporary.path() / "photos", Existing::replace); }),
             Contains("is not a run directory"));
  put(temporary.path() / "file", "x");
  CHECK_THAT(testing::message<InputError>([&] { RunDirectory(temporary.path() / "file", Existing::replace); }),
             Contains("is not a directory"));
  CHECK(get(temporary.path() / "photos" / "cat") == "x");
  CHECK(temporary.entries() == 3);
}

TEST_CASE("A staging directory left behind is refused, and removed with force") {
  const TemporaryDirectory temporary;
  fs::create_directory(temporary.path() / "run.partial");
  put(temporary.path() / "run.partial" / "old", "x");
  CHECK_THAT(testing::message<InputError>([&] { RunDirectory(temporary.path() / "run"); }),
             Contains("run.partial: exists"));
  RunDirectory run(temporary.path() / "run", Existing::replace);
  CHECK_FALSE(fs::exists(run.staging() / "old"));
}

TEST_CASE("A directory that appears meanwhile is not overwritten, and the results stay") {
  const TemporaryDirectory temporary;
  RunDirectory run(temporary.path() / "run");
  put(run.file("mine"), "x");
  write_run(temporary.path() / "run", "theirs");
  CHECK_THROWS_AS(run.commit(), IoError);
  CHECK(get(temporary.path() / "run" / "manifest.json") == "theirs");
  CHECK(get(run.staging() / "mine") == "x");
}

TEST_CASE("Where nothing can be written is an IoError") {
  const TemporaryDirectory temporary;
  put(temporary.path() / "file", "x");
  CHECK_THROWS_AS(RunDirectory(temporary.path() / "file" / "run"), IoError);
  CHECK_THROWS_AS(RunDirectory("/proc/steq/run"), IoError);
  CHECK_THROWS_AS(RunDirectory(""), InputError);
  if (::geteuid() != 0) {
    fs::permissions(temporary.path(), fs::perms::owner_read | fs::perms::owner_exec);
    CHECK_THROWS_AS(RunDirectory(temporary.path() / "run"), IoError);
    fs::permissions(temporary.path(), fs::perms::owner_all);
  }
  CHECK(temporary.entries() == 1);
}

TEST_CASE("A directory that is being written is nobody else's, until its writer ends") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "run";
  {
    RunDirectory first(path);
    put(first.file("mine"), "x");
    first.keep();
    for (const Existing existing : {Existing::replace, Existing::resume})
      CHECK_THAT(testing::message<InputError>([&] { RunDirectory(path, existing); }),
                 Contains("run.partial: another process is writing it"));
    CHECK_THAT(testing::message<InputError>([&] { RunDirectory second(path); }), Contains("run.partial: exists"));
    CHECK(get(first.staging() / "mine") == "x");
  }
  {
    RunDirectory second(path, Existing::resume);
    CHECK(get(second.staging() / "mine") == "x");
    put(second.file("manifest.json"), "interrupted");
    second.commit();
    // Committed, the directory is still its writer's.
    CHECK_THROWS_AS(RunDirectory(path, Existing::resume), InputError);
  }
  RunDirectory third(path, Existing::resume);
  CHECK(get(third.staging() / "mine") == "x");
  CHECK_THROWS_AS(RunDirectory(path, Existing::resume), InputError);
}

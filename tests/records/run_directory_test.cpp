// SPDX-License-Identifier: MIT
#include "records/run_directory.hpp"

#include <sys/stat.h>
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

/// A whole run whose manifest was written by steq VERSION.
void write_run(const fs::path& path, const std::string& version) {
  fs::create_directories(path);
  put(path / "manifest.json", R"({"schema": 1, "results": [], "steq": ")" + version + "\"}");
}

/// The beginning of one that was cut off.
void write_staging(const fs::path& path) {
  fs::create_directories(path);
  put(path / "config.json", R"({"name": "x", "learners": []})");
  put(path / "history.jsonl", "old");
}

bool is_of(const fs::path& run, const std::string& version) {
  return get(run / "manifest.json").find("\"" + version + "\"") != std::string::npos;
}

std::string refusal_of_path(const fs::path& path) {
  return testing::message<InputError>([&] { RunDirectory(path).begin(); });
}

}  // namespace

TEST_CASE("A run directory appears at commit, with the parents made for it", "[run directory]") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "deep" / "run";
  RunDirectory run(path.string() + "/");
  run.begin();
  put(run.file("weights/ste-final"), "x");
  CHECK_FALSE(fs::exists(path));
  CHECK(run.commit().empty());
  CHECK(get(path / "weights" / "ste-final") == "x");
  CHECK_FALSE(fs::exists(run.staging()));
}

TEST_CASE("Without commit nothing is left, not even the parents", "[run directory]") {
  const TemporaryDirectory temporary;
  {
    RunDirectory run(temporary.path() / "deep" / "er" / "run");
    CHECK(fs::exists(temporary.path() / "deep" / "er" / "run.partial.lock"));
    run.begin();
    put(run.file("logs.h5"), "x");
  }
  { const RunDirectory not_begun(temporary.path() / "deep" / "run"); }
  CHECK(temporary.entries() == 0);
}

TEST_CASE("Without commit a parent that holds something else stays", "[run directory]") {
  const TemporaryDirectory temporary;
  {
    RunDirectory run(temporary.path() / "deep" / "run");
    run.begin();
    put(temporary.path() / "deep" / "mine", "x");
  }
  CHECK(get(temporary.path() / "deep" / "mine") == "x");
}

TEST_CASE("An old run is replaced at commit and not before", "[run directory]") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "run";
  write_run(path, "old");
  put(path / "report.html", "old");
  {
    RunDirectory run(path);
    run.begin();
    write_run(run.staging(), "new");
    CHECK(is_of(path, "old"));
  }
  CHECK(is_of(path, "old"));
  {
    RunDirectory run(path);
    run.begin();
    write_run(run.staging(), "new");
    CHECK(run.commit().empty());
  }
  CHECK(is_of(path, "new"));
  CHECK_FALSE(fs::exists(path / "report.html"));
  CHECK(temporary.entries() == 1);
}

TEST_CASE("What steq has not written outlives the run that held it", "[run directory]") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "run";
  for (const char* kept : {"run.replaced", "run.replaced-2"}) {
    write_run(path, "old");
    put(path / "notes.txt", kept);
    RunDirectory run(path);
    run.begin();
    write_run(run.staging(), "new");
    CHECK_THAT(run.commit(), Contains(std::string(kept) + " keeps what steq had not written: notes.txt"));
    CHECK(get(temporary.path() / kept / "notes.txt") == kept);
    CHECK_FALSE(fs::exists(temporary.path() / kept / "manifest.json"));
  }
  CHECK(is_of(path, "new"));
}

TEST_CASE("Only an empty directory or a run is replaced", "[run directory]") {
  const TemporaryDirectory temporary;
  fs::create_directory(temporary.path() / "empty");
  RunDirectory run(temporary.path() / "empty");
  run.begin();
  run.commit();
  fs::create_directory(temporary.path() / "photos");
  put(temporary.path() / "photos" / "cat", "x");
  put(temporary.path() / "photos" / "manifest.json", R"({"name": "my pwa"})");
  CHECK_THAT(refusal_of_path(temporary.path() / "photos"), Contains("is not a run directory"));
  put(temporary.path() / "file", "x");
  CHECK_THAT(refusal_of_path(temporary.path() / "file"), Contains("is not a directory"));
  CHECK(get(temporary.path() / "photos" / "cat") == "x");
}

TEST_CASE("What was cut off is removed, unless a stranger's file is in it", "[run directory]") {
  const TemporaryDirectory temporary;
  const fs::path staging = temporary.path() / "run.partial";
  write_staging(staging);
  {
    RunDirectory run(temporary.path() / "run");
    run.begin();
    CHECK(fs::is_empty(run.staging()));
  }
  write_staging(staging);
  put(staging / "thesis.tex", "mine");
  CHECK_THAT(refusal_of_path(temporary.path() / "run"),
             Contains("run.partial: exists, and not all of it was written by a run"));
  CHECK(get(staging / "thesis.tex") == "mine");
  CHECK(get(staging / "history.jsonl") == "old");
}

TEST_CASE("A run goes on where it was, without what was half-written", "[run directory]") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "run", staging = temporary.path() / "run.partial";
  write_run(path, "interrupted");
  put(path / ".steq-7-1.tmp", "half");
  {
    RunDirectory run(path);
    run.go_on();
    CHECK(is_of(staging, "interrupted"));
    CHECK_FALSE(fs::exists(path));
    CHECK_FALSE(fs::exists(staging / ".steq-7-1.tmp"));
  }
  CHECK(is_of(staging, "interrupted"));  // it was there before
  fs::create_directory(path);
  put(path / "config.json", "mine");
  CHECK_THAT(testing::message<InputError>([&] { RunDirectory(path).go_on(); }), Contains("is not a run directory"));
  CHECK(get(path / "config.json") == "mine");
  fs::remove_all(path);
  write_run(path, "older");
  RunDirectory run(path);
  run.go_on();
  run.commit();
  CHECK(is_of(path, "interrupted"));
  CHECK_FALSE(fs::exists(staging));
}

TEST_CASE("A directory that appears meanwhile is not overwritten, and the results stay", "[run directory]") {
  const TemporaryDirectory temporary;
  RunDirectory run(temporary.path() / "run");
  run.begin();
  put(run.file("mine"), "x");
  write_run(temporary.path() / "run", "theirs");
  CHECK_THROWS_AS(run.commit(), IoError);
  CHECK(is_of(temporary.path() / "run", "theirs"));
  CHECK(get(run.staging() / "mine") == "x");
}

TEST_CASE("A stranger's directory that takes the place of a run meanwhile is moved and not removed",
          "[run directory]") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "run";
  write_run(path, "old");
  RunDirectory run(path);
  run.begin();
  write_run(run.staging(), "new");
  fs::remove_all(path);
  fs::create_directory(path);
  put(path / "config.json", "mine");
  CHECK_THAT(run.commit(), Contains("run.replaced"));
  CHECK(get(temporary.path() / "run.replaced" / "config.json") == "mine");
  CHECK(is_of(path, "new"));
}

TEST_CASE("A link keeps pointing to its directory", "[run directory]") {
  const TemporaryDirectory temporary;
  write_run(temporary.path() / "disk" / "run", "old");
  fs::create_directory_symlink("disk/run", temporary.path() / "run");
  RunDirectory run(temporary.path() / "run");
  run.begin();
  CHECK(run.directory() == temporary.path() / "disk" / "run");
  write_run(run.staging(), "new");
  run.commit();
  CHECK(fs::is_symlink(temporary.path() / "run"));
  CHECK(is_of(temporary.path() / "run", "new"));
}

TEST_CASE("Where nothing can be written is an IoError", "[run directory]") {
  const TemporaryDirectory temporary;
  put(temporary.path() / "file", "x");
  CHECK_THROWS_AS(RunDirectory(temporary.path() / "file" / "run"), IoError);
  CHECK_THROWS_AS(RunDirectory("/proc/steq/run"), IoError);
  CHECK_THROWS_AS(RunDirectory(temporary.path() / std::string(250, 'n')), IoError);  // DIR.partial is longer
  CHECK_THROWS_AS(RunDirectory(""), InputError);
  if (::geteuid() != 0) {
    fs::permissions(temporary.path(), fs::perms::owner_read | fs::perms::owner_exec);
    CHECK_THROWS_AS(RunDirectory(temporary.path() / "run"), IoError);
    fs::permissions(temporary.path(), fs::perms::owner_all);
  }
  CHECK(temporary.entries() == 1);
}

TEST_CASE("A directory that is being written is nobody else's, until its writer ends", "[run directory]") {
  const TemporaryDirectory temporary;
  const fs::path path = temporary.path() / "run";
  const auto is_busy = [&] {
    return testing::message<BusyError>([&] { const RunDirectory second(path); }) != "no error";
  };
  {
    RunDirectory first(path);
    CHECK(is_busy());
    first.begin();
    put(first.file("mine"), "x");
    first.keep();
    CHECK(is_busy());
    first.commit();
    CHECK(is_busy());  // committed, the directory is still its writer's
  }
  CHECK_FALSE(is_busy());
  CHECK(temporary.entries() == 1);
}

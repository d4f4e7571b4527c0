// SPDX-License-Identifier: MIT
#include "experiments/training/run.hpp"

#include <catch2/catch.hpp>

#include "records/build_info.hpp"
#include "records/run_contents.hpp"
#include "tests/experiments/program/tiny.hpp"
#include "tests/no_file_locks.hpp"

using namespace steq;
using Catch::Contains;
using testing::NoFileLocks;
using testing::TemporaryDirectory;
using testing::tiny;
namespace fs = std::filesystem;

namespace {

const std::atomic<bool> never{false};

/// A run in a directory of its own, with what it said.
struct Trial : TemporaryDirectory {
  std::vector<std::string> said;
  RunOptions options{
      .directory = file("run"), .quiet = true, .say = [this](const std::string& text) { said.push_back(text); }};

  RunOutcome run(const Json& config = tiny()) const {
    return run_experiment(read_config(config, "c.json"), options, never);
  }
};

Json everything() {
  Json config = tiny();
  config["record"] = {{"latent_every", 3}, {"driven_twins", true}, {"bounds", true}};
  return config;
}

}  // namespace

TEST_CASE("a file system without locks is no obstacle, and is told", "[run]") {
  for (const int error : {ENOLCK, EBADF, ENOSYS}) {
    const NoFileLocks none(error);
    Trial trial;
    CHECK(trial.run().status == RunStatus::complete);
    REQUIRE(trial.said.size() == 1);
    CHECK_THAT(trial.said[0], Contains("this file system has no locks"));
    CHECK(trial.entries() == 1);
  }
}

TEST_CASE("all that a run writes is known as its own", "[run]") {
  Trial trial;
  trial.run(everything());
  CHECK(trial.said.empty());
  CHECK(is_run(trial.path() / "run"));
  CHECK(remove_run(trial.path() / "run").empty());
  CHECK(trial.entries() == 0);
}

TEST_CASE("a complete run leaves no checkpoint, and is done once", "[run]") {
  Trial trial;
  CHECK_FALSE(trial.run().there_already);
  for (const std::string& name : checkpoint_files()) CHECK_FALSE(fs::exists(trial.path() / "run" / name));
  trial.options.wish = Wish::either;
  const testing::Tree before = testing::tree_of(trial.path());
  const RunOutcome again = trial.run();
  CHECK(again.there_already);
  CHECK(again.status == RunStatus::complete);
  CHECK(again.summary["learners"].size() == 3);
  CHECK(testing::tree_of(trial.path()) == before);
}

TEST_CASE("manifest and checkpoint hold the same about the build and the files", "[run]") {
  Trial trial;
  const std::atomic<bool> stop{true};
  CHECK(run_experiment(read_config(tiny(), "c.json"), trial.options, stop).status == RunStatus::interrupted);
  const Json manifest = Json::parse(testing::get(trial.path() / "run" / "manifest.json"));
  const Json about = find_checkpoint(trial.path() / "run")->checkpoint.about;
  const Json build = build_json();
  for (const auto& [key, value] : build.items()) {
    CHECK(manifest[key] == value);
    CHECK(about["build"][key] == value);
  }
  for (const char* key : {"data", "init"}) CHECK(manifest[key] == about[key]);
  for (const Json& result : manifest["results"]) CHECK_THAT(result["file"].get<std::string>(), !Contains("checkpoint"));
}

TEST_CASE("a file that cannot be written at the end of an epoch costs nothing", "[run]") {
  Trial whole;
  Json config = tiny();
  config["epochs"] = 3;
  whole.run(config);
  Trial trial;
  const fs::path obstacle = trial.path() / "run.partial" / "weights" / "ste-epoch-2.safetensors";
  RunOptions options = trial.options;
  // Nothing but a directory of that name stops the administrator.
  Json first = config;
  const std::atomic<bool> stop{true};
  run_experiment(read_config(first, "c.json"), options, stop);
  fs::rename(trial.path() / "run", trial.path() / "run.partial");
  fs::create_directories(obstacle / "x");
  options.wish = Wish::resume;
  const std::string message =
      testing::message<IoError>([&] { run_experiment(read_config(config, "c.json"), options, never); });
  CHECK_THAT(message, Contains("ste-epoch-2.safetensors") && Contains("goes on from step 20"));
  fs::remove_all(obstacle);
  run_experiment(read_config(config, "c.json"), options, never);
  testing::Tree a = testing::tree_of(whole.path() / "run"), b = testing::tree_of(trial.path() / "run");
  a.erase("manifest.json"), b.erase("manifest.json");
  CHECK(a == b);
}

// SPDX-License-Identifier: MIT
// Runs with checkpoints that the system stops from writing: they say so once, and go on to the same bits afterwards.
#include <catch2/catch.hpp>

#include "records/checkpoint.hpp"
#include "small_disk.hpp"
#include "tiny.hpp"

using namespace steq;
namespace fs = std::filesystem;
using testing::Outcome;
using testing::Playground;
using testing::SmallDisk;
using testing::tiny;
using testing::Tree;

namespace {

/// 30 steps in 3 epochs, so that the checkpoint grows by its change points.
class WithWholeRun : public Playground {
 public:
  WithWholeRun() {
    Json config = tiny();
    config["epochs"] = 3;
    write_json("c.json", config);
    good({"run", "c.json", "--out", "whole", "--quiet"});
  }

  Tree results(const std::string& run) const {
    Tree tree = testing::tree_of(path() / run);
    tree.erase("manifest.json");
    return tree;
  }

  /// What a run that could not write has left: nothing, or a directory that can be resumed. True where it is the
  /// latter.
  bool can_go_on(const std::string& run) const {
    CHECK_FALSE(fs::exists(path() / run));
    const fs::path staging = path() / (run + ".partial");
    if (!fs::exists(staging)) return false;
    for (const auto& [name, bytes] : testing::tree_of(staging)) {
      INFO(name);
      CHECK_FALSE(name.ends_with(".tmp"));
    }
    REQUIRE(find_checkpoint(staging));
    return true;
  }

  void check_resumed(const std::string& run) const {
    good({"run", "c.json", "--out", run, "--resume", "--quiet"});
    CHECK(results(run) == results("whole"));
  }
};

/// One line, which says how to go on where that is possible.
void check_failure(const Playground& playground, const Outcome& outcome, const std::string& run,
                   const std::string& reason) {
  const std::vector<std::string> lines = testing::lines_of(outcome.err);
  REQUIRE(lines.size() == 1);
  const bool kept = fs::exists(playground.path() / (run + ".partial"));
  const std::string advice = reason + "; steq run --resume " + playground.file(run) + " goes on from step ";
  CHECK_THAT(lines[0], Catch::StartsWith("steq: " + playground.file(run + ".partial")));
  CHECK_THAT(lines[0], kept ? Catch::Contains(advice) : Catch::Contains(reason));
}

}  // namespace

TEST_CASE("a run that may not write large files goes on where it may again", "[program]") {
  const WithWholeRun playground;
  int resumed = 0, blocks = 16;
  for (;; blocks += 16) {  // of 512 bytes
    INFO(blocks);
    const std::string run = fmt::format("run-{}", blocks);
    const Outcome outcome = playground.shell(
        fmt::format("ulimit -f {}; exec \"$0\" run c.json --out {} --checkpoint-steps 1 --quiet", blocks, run));
    if (outcome.code == 0) break;
    REQUIRE(outcome.code == 3);
    check_failure(playground, outcome, run, "File too large");
    if (!playground.can_go_on(run)) continue;
    ++resumed;
    playground.check_resumed(run);
  }
  CHECK(resumed > 0);
  CHECK(playground.results(fmt::format("run-{}", blocks)) == playground.results("whole"));
}

TEST_CASE("a run whose disk was full goes on when there is room", "[program]") {
  const WithWholeRun playground;
  int resumed = 0;
  for (const char* every : {"1", "0"}) {  // without a checkpoint on the way, there is the one at the end
    for (int kilobytes = 64; kilobytes < 4096; kilobytes += 64) {
      INFO(kilobytes);
      const SmallDisk disk(playground.path() / "disk", fmt::format("{}k", kilobytes));
      if (!disk.mounted()) {
        WARN("no file system can be mounted here: not tested");
        return;
      }
      const Outcome outcome =
          playground.steq({"run", "c.json", "--out", "disk/run", "--checkpoint-steps", every, "--quiet"});
      if (outcome.code == 0) break;
      REQUIRE(outcome.code == 3);
      check_failure(playground, outcome, "disk/run", "No space left on device");
      if (!playground.can_go_on("disk/run") || !disk.grow("64m")) continue;
      ++resumed;
      playground.check_resumed("disk/run");
    }
    CHECK(resumed > 0);
    resumed = 0;
  }
}

TEST_CASE("a directory that may not be written is refused before the training", "[program]") {
  const WithWholeRun playground;
  fs::create_directory(playground.path() / "mine");
  fs::permissions(playground.path() / "mine", fs::perms::owner_read | fs::perms::owner_exec);
  if (::access(playground.file("mine").c_str(), W_OK) == 0) return;  // the administrator writes where they like
  playground.refused({"run", "c.json", "--out", "mine/run"}, 3,
                     {playground.file("mine/run.partial.lock") + ": cannot open: Permission denied"});
}

// SPDX-License-Identifier: MIT
// Runs that are cut off at any moment go on to the bits that they would have had.
#include <catch2/catch.hpp>
#include <random>

#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
namespace fs = std::filesystem;
using testing::Outcome;
using testing::Playground;
using testing::Process;
using testing::tiny;
using testing::Tree;
using testing::Words;

namespace {

/// With everything that can be recorded, and long enough to be cut off.
Json recorded(const std::string& precision) {
  Json config = tiny();
  config["precision"] = precision;
  config.erase("epochs");
  config["steps"] = 60;
  config["record"] = {{"latent_every", 7}, {"driven_twins", true}, {"bounds", true}};
  return config;
}

Tree results_of(const Playground& playground, const std::string& run) {
  Tree tree = testing::tree_of(playground.path() / run);
  REQUIRE(tree.contains("logs.h5"));
  tree.erase("manifest.json");
  return tree;
}

Words resuming(const std::string& run) {
  return {"run", "c.json", "--out", run, "--resume", "--checkpoint-steps", "3", "--quiet"};
}

/// Starts the run and sends it `signal` after a while; it may be over by then.
int cut_off(const Playground& playground, Words words, int signal, std::chrono::microseconds after) {
  Process process(playground.path(), Playground::command(words));
  std::this_thread::sleep_for(after);
  process.send(signal);
  return process.wait().code;
}

/// Makes "whole", and tells how long that takes here and now.
std::chrono::microseconds uninterrupted(const Playground& playground) {
  playground.write_json("c.json", recorded("float"));
  const auto start = std::chrono::steady_clock::now();
  playground.good({"run", "c.json", "--out", "whole"});
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

/// Kills the run at random moments until it is over; its results must be those of `whole`.
void torment(const Playground& playground, const std::string& run, std::mt19937& random, int& kills,
             std::chrono::microseconds whole) {
  Words words{"run", "c.json", "--out", run, "--checkpoint-steps", "3", "--quiet"};
  for (int attempt = 0;; ++attempt) {
    REQUIRE(attempt < 200);
    const std::chrono::microseconds pause(std::uniform_int_distribution<long>(0, 3 * whole.count())(random));
    const int code = cut_off(playground, words, SIGKILL, pause);
    if (code == 0) break;
    REQUIRE(code == 128 + SIGKILL);
    ++kills;
    if (fs::exists(playground.path() / run)) break;  // it was complete, and killed on its way out
  }
  CHECK(results_of(playground, run) == results_of(playground, "whole"));
}

}  // namespace

TEST_CASE("an interrupted run goes on to the same bits", "[program]") {
  for (const char* precision : {"float", "double"}) {
    const Playground playground;
    playground.write_json("c.json", recorded(precision));
    playground.good({"run", "c.json", "--out", "whole"});
    Words words{"run", "c.json", "--out", "cut", "--quiet"};
    int interruptions = 0;
    bool over = false;
    for (int attempt = 0; attempt < 50 && !over; ++attempt) {
      const int code = cut_off(playground, words, SIGTERM, std::chrono::milliseconds(30 + 5 * attempt));
      over = code == 0;
      if (code != 130) continue;  // over, or before it listened
      ++interruptions;
      CHECK(playground.json("cut/summary.json")["status"] == "interrupted");
      words = resuming("cut");
    }
    CHECK(interruptions > 0);
    if (!over) playground.good(words);  // on a machine that is busy with other work
    CHECK(results_of(playground, "cut") == results_of(playground, "whole"));
  }
}

TEST_CASE("a run that was killed goes on to the same bits", "[program]") {
  const Playground playground;
  const auto whole = uninterrupted(playground);
  std::mt19937 random(1);
  int kills = 0;
  torment(playground, "killed", random, kills, whole);
}

TEST_CASE("a hundred kills lose nothing but the work since the last checkpoint", "[program][slow]") {
  const Playground playground;
  const auto whole = uninterrupted(playground);
  std::mt19937 random(2);
  int kills = 0;
  for (int run = 0; kills < 100; ++run) torment(playground, fmt::format("killed-{}", run), random, kills, whole);
}

TEST_CASE("a checkpoint of another config is refused with the keys that differ", "[program]") {
  const Playground playground;
  playground.write_json("c.json", recorded("float"));
  Process process(playground.path(), Playground::command({"run", "c.json", "--out", "r", "--checkpoint-steps", "1",
                                                          "--set", "steps=100000", "--quiet"}));
  while (!fs::exists(playground.path() / "r.partial" / "checkpoint"))
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  process.send(SIGKILL);
  process.wait();
  playground.refused({"run", "c.json", "--out", "r", "--resume", "--set", "optimizer.momentum=0.5"}, 2,
                     {"config optimizer.momentum: 0.9 in the checkpoint, 0.5 now; allowed: the same as before",
                      "config steps: 100000 in the checkpoint, 60 now; allowed: the same as before"});
  playground.refused(
      {"run", "c.json", "--out", "r"}, 2,
      {(playground.path() / "r.partial").string() + ": holds another run (config steps: 100000, not 60)"});
}

TEST_CASE("a damaged checkpoint gives way to the one before it, and says so", "[program]") {
  const Playground playground;
  playground.write_json("c.json", recorded("float"));
  playground.good({"run", "c.json", "--out", "whole"});
  {
    Process process(playground.path(),
                    Playground::command({"run", "c.json", "--out", "r", "--checkpoint-steps", "1", "--quiet"}));
    while (!fs::exists(playground.path() / "r.partial" / "checkpoint.previous"))
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    process.send(SIGKILL);
    process.wait();
  }
  if (fs::exists(playground.path() / "r")) return;  // it was faster
  playground.write("r.partial/checkpoint", "half of a checkp");
  const Outcome outcome = playground.steq(resuming("r"));
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.err, Contains("is damaged") && Contains("going on from the one before it"));
  CHECK(results_of(playground, "r") == results_of(playground, "whole"));
}

TEST_CASE("there must be something to resume", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  playground.refused({"run", "c.json", "--out", "r", "--resume"}, 2,
                     {(playground.path() / "r").string() + ": is not there"});
  playground.good({"run", "c.json", "--out", "r", "--quiet"});
  playground.refused({"run", "c.json", "--out", "r", "--resume"}, 2,
                     {(playground.path() / "r").string() + ": is complete: nothing is left to go on with"});
  for (const char* other : {"--force", "--resume-or-start"})
    playground.refused({"run", "c.json", "--resume", other}, 2, {""});
}

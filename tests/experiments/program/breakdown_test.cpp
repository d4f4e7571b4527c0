// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "records/log_reader.hpp"
#include "tiny.hpp"

using namespace steq;
namespace fs = std::filesystem;
using Catch::Contains;
using testing::Outcome;
using testing::Playground;
using testing::Process;
using testing::tiny;

namespace {

/// Waits until the run under way has ended an epoch.
void wait_for_history(const Playground& playground, const std::string& run) {
  for (int i = 0; i < 20000; ++i) {
    const fs::path file = playground.path() / (run + ".partial") / "history.jsonl";
    if (fs::exists(file) && fs::file_size(file) > 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  FAIL("no epoch ends");
}

}  // namespace

TEST_CASE("a run that diverges says where and keeps what was recorded", "[program]") {
  const Playground playground;
  Json config = tiny();
  config["learners"][1] = {{"name", "wild"}, {"like", "q-hat"}, {"learning_rate_scale", 1e38}};
  config["compare"] = Json::array({Json::array({"q-hat", "wild"})});
  config["record"] = {{"latent_every", 1}};
  playground.write_json("c.json", config);
  const Outcome outcome = playground.steq({"run", "c.json", "--out", "run"});
  CHECK(outcome.code == 4);
  CHECK_THAT(outcome.err,
             Catch::Matches("(.*\\n)*steq: step [1-9], learner wild, tensor (conv1.weight|fc.weight|fc.bias|loss): "
                            ".* lower the learning rate; what was recorded is in .*/run\n"));
  CHECK_THAT(outcome.out, Contains("tiny: diverged after "));
  const Json summary = playground.json("run/summary.json");
  CHECK(summary["status"] == "diverged");
  const auto steps = summary["steps"].get<std::size_t>();
  CHECK_THAT(outcome.err, Contains(fmt::format("step {},", steps + 1)));
  const LogReader logs(playground.file("run/logs.h5"));
  for (const char* learner : {"q-hat", "wild", "copy"}) {
    CHECK(logs.batch_loss(learner).size() == steps);
    CHECK(logs.latent_steps(learner).size() == steps + 1);
    CHECK(logs.change_points(learner, "conv1.weight").initial_levels().size() == 100);
    CHECK(fs::exists(playground.path() / "run" / "weights" / (std::string(learner) + "-final.safetensors")));
  }
  CHECK(fs::exists(playground.path() / "run" / "history.jsonl"));
  CHECK(playground.json("run/manifest.json")["results"].size() > 5);
  CHECK(playground.json("run/config.json")["name"] == "tiny");
}

TEST_CASE("a run that diverges in a later epoch keeps the history of those before", "[program]") {
  const Playground playground;
  Json config = tiny();
  config["optimizer"]["learning_rate"] = 1e38;
  config["batch_size"] = 200;
  config["epochs"] = 20;
  playground.write_json("c.json", config);
  const Outcome outcome = playground.steq({"run", "c.json", "--out", "run"});
  CAPTURE(outcome.err);
  CHECK(outcome.code == 4);
  const std::size_t steps = playground.json("run/summary.json")["steps"];
  CHECK(steps >= 1);
  CHECK(steps < 20);
  CHECK(testing::lines_of(playground.read("run/history.jsonl")).size() == 3 * steps);
  CHECK(fs::exists(playground.path() / "run" / "weights" / fmt::format("ste-epoch-{}.safetensors", steps)));
}

TEST_CASE("an interrupted run keeps what was recorded", "[program]") {
  const Playground playground;
  Json config = tiny();
  config["epochs"] = 100000;
  playground.write_json("c.json", config);
  for (const int signal : {SIGINT, SIGTERM}) {
    Process process(playground.path(), Playground::command({"run", "c.json", "--out", "run", "--force"}));
    wait_for_history(playground, "run");
    process.send(signal);
    const Outcome outcome = process.wait();
    CHECK(outcome.code == 130);
    CHECK_THAT(outcome.err, Contains("steq: interrupted; steq run --resume " + playground.file("run") +
                                     " goes on; what was recorded is in " + playground.file("run") + "\n"));
    CHECK_THAT(outcome.out, Contains("tiny: interrupted after ") && Contains("Run directory: "));
  }
  const Json summary = playground.json("run/summary.json");
  CHECK(summary["status"] == "interrupted");
  const auto steps = summary["steps"].get<std::size_t>();
  CHECK(LogReader(playground.file("run/logs.h5")).batch_loss("ste").size() == steps);
  CHECK(summary["comparisons"][1]["first_divergence"].is_null());
  CHECK(summary["comparisons"][1]["metrics"]["weight_alignment_error"] == 0);
  const auto history = testing::lines_of(playground.read("run/history.jsonl"));
  CHECK(history.size() % 3 == 0);
  CHECK(Json::parse(history.back())["step"] == steps);
  CHECK_FALSE(fs::exists(playground.path() / "run.partial"));
  playground.refused({"run", "c.json", "--out", "run"}, 2,
                     {playground.file("run") + ": exists and was interrupted; --resume goes on"});
}

TEST_CASE("a killed run leaves its directory aside and is told from another", "[program]") {
  const Playground playground;
  Json config = tiny();
  config["epochs"] = 100000;
  playground.write_json("c.json", config);
  Process process(playground.path(), Playground::command({"run", "c.json", "--out", "run"}));
  wait_for_history(playground, "run");
  process.send(SIGKILL);
  CHECK(process.wait().code == 128 + SIGKILL);
  CHECK_FALSE(fs::exists(playground.path() / "run"));
  playground.refused({"run", "c.json", "--out", "run", "--set", "epochs=1"}, 2,
                     {playground.file("run.partial") + ": holds another run (config epochs: 100000, not 1)"});
  playground.good({"run", "c.json", "--out", "run", "--force", "--set", "epochs=1"});
  CHECK_FALSE(fs::exists(playground.path() / "run.partial"));
}

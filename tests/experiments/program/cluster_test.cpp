// SPDX-License-Identifier: MIT
// The life of a run under a scheduler: signals, jobs that are started again, and other jobs on the same run.
#include <catch2/catch.hpp>

#include "tests/experiments/studies/tiny_study.hpp"
#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
using Catch::StartsWith;
namespace fs = std::filesystem;
using testing::Outcome;
using testing::Playground;
using testing::Process;
using testing::tiny;
using testing::Tree;
using testing::Words;

namespace {

/// c.json is long enough to be cut off, and d.json short.
class Cluster : public Playground {
 public:
  Cluster() {
    write_json("d.json", tiny());
    Json config = tiny();
    config.erase("epochs");
    config["steps"] = 1000000;
    config["record"] = {{"change_points", false}, {"weights_every_epochs", 0}};
    write_json("c.json", config);
  }

  /// Sends the signals to a run in `directory` that has begun.
  Outcome stopped(const Words& words, const std::string& directory, const std::vector<int>& signals) const {
    Process process(path(), command(words));
    process.wait_for(path() / (directory + ".partial") / "checkpoint");
    for (const int signal : signals) process.send(signal);
    return process.wait();
  }
  Outcome killed(const Words& words, const std::string& directory) const {
    return stopped(words, directory, {SIGKILL});
  }
  Tree results(const std::string& run) const {
    Tree tree = testing::tree_of(path() / run);
    tree.erase("manifest.json");
    return tree;
  }
};

Words long_run(const std::string& directory) { return {"run", "c.json", "--out", directory, "--quiet"}; }

}  // namespace

TEST_CASE("every signal that asks for an end saves and ends with 130", "[program]") {
  const Cluster cluster;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU}) {
    INFO(signal);
    const std::string run = fmt::format("r{}", signal);
    const Outcome outcome = cluster.stopped(long_run(run), run, {signal});
    CHECK(outcome.code == 130);
    CHECK_THAT(outcome.err, StartsWith("steq: interrupted; steq run --resume " + cluster.file(run) + " goes on"));
    CHECK(cluster.json(run + "/summary.json")["status"] == "interrupted");
    CHECK(fs::exists(cluster.path() / run / "checkpoint"));
  }
}

TEST_CASE("a repeated signal does not disturb the saving", "[program]") {
  const Cluster cluster;
  const std::vector<int> signals{SIGTERM, SIGTERM, SIGINT, SIGTERM, SIGUSR1, SIGHUP, SIGTERM};
  CHECK(cluster.stopped(long_run("r"), "r", signals).code == 130);
  CHECK(fs::exists(cluster.path() / "r" / "checkpoint"));
}

TEST_CASE("a signal that was ignored when the program was started stays ignored", "[program]") {
  const Cluster cluster;
  Process process(cluster.path(),
                  {"/bin/sh", "-c", "trap '' HUP; exec \"$0\" run c.json --out r --quiet", STEQ_PROGRAM});
  process.wait_for(cluster.path() / "r.partial" / "checkpoint");
  process.send(SIGHUP);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(fs::exists(cluster.path() / "r.partial"));
  process.send(SIGTERM);
  CHECK(process.wait().code == 130);
}

TEST_CASE("one command serves a job that is started again until all is done", "[program]") {
  const Cluster cluster;
  const Words job{"run", "d.json", "--out", "r", "--resume-or-start", "--set", "steps=400"};
  cluster.good({"run", "d.json", "--out", "whole", "--set", "steps=400"});
  int cut_off = 0;
  Outcome outcome;
  for (int attempt = 0; attempt < 30 && (attempt == 0 || outcome.code != 0); ++attempt) {
    outcome = cluster.stopped(job, "r", {attempt % 2 ? SIGKILL : SIGTERM});
    cut_off += outcome.code != 0;
  }
  if (outcome.code != 0) outcome = cluster.steq(job);
  CHECK(outcome.code == 0);
  CHECK(cut_off > 0);
  CHECK(cluster.results("r") == cluster.results("whole"));
  const Tree before = cluster.tree();
  outcome = cluster.steq(job);
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.err, StartsWith("steq: all was done before; nothing was changed in " + cluster.file("r")));
  CHECK_THAT(outcome.out, Contains("complete after 400 steps"));
  CHECK(cluster.tree() == before);
  cluster.refused({"run", "d.json", "--out", "r", "--resume-or-start"}, 2,
                  {cluster.file("r") + ": holds another run (steps: 400, not "});
  fs::create_directory(cluster.path() / "early.partial");  // cut off before anything was written
  cluster.good({"run", "d.json", "--out", "early", "--resume-or-start"});
}

TEST_CASE("the same command goes on after a kill, and asks after an interruption", "[program]") {
  const Cluster cluster;
  const Words words{"run", "d.json", "--out", "r", "--set", "steps=300", "--quiet"};
  cluster.good({"run", "d.json", "--out", "whole", "--set", "steps=300"});
  Words checkpoints = words;
  checkpoints.insert(checkpoints.end(), {"--checkpoint-steps", "5"});
  cluster.killed(checkpoints, "r");
  cluster.good(words);
  CHECK(cluster.results("r") == cluster.results("whole"));

  cluster.stopped(long_run("i"), "i", {SIGTERM});
  cluster.refused(long_run("i"), 2, {cluster.file("i") + ": exists and was interrupted; --resume goes on with it"});
}

TEST_CASE("a run goes on from its directory alone", "[program]") {
  const Cluster cluster;
  testing::write_digits(cluster, "digits", 200, 50);
  const Words words{"run", "d.json", "--set", "data=mnist:path=digits", "--set", "steps=200", "--quiet"};
  const auto at = [&](const std::string& run) {
    Words all = words;
    all.insert(all.end(), {"--out", run});
    return all;
  };
  cluster.good(at("whole"));
  REQUIRE(cluster.stopped(at("r"), "r", {SIGTERM}).code == 130);
  cluster.good({"run", "--resume", "r"});
  CHECK(cluster.results("r") == cluster.results("whole"));

  cluster.killed(at("k"), "k");
  if (fs::exists(cluster.path() / "k")) return;  // it was faster
  fs::create_directory(cluster.path() / "elsewhere");
  const Words from_elsewhere = Playground::command({"run", "--resume", "../k.partial", "--quiet"});
  CHECK(Process(cluster.path() / "elsewhere", from_elsewhere).wait().code == 0);
  CHECK(cluster.read("k/logs.h5") == cluster.read("whole/logs.h5"));

  cluster.refused({"run", "--resume", "r", "--out", "x"}, 2, {"--out: not with the directory of a run"});
  cluster.refused({"run", "--resume", "elsewhere"}, 2, {"elsewhere: holds no run to go on with"});
  cluster.refused({"run", "--resume", "nowhere"}, 2, {"nowhere: neither a file nor a preset"});
  CHECK(cluster.steq({"run", "--resume-or-start", "r"}).code == 0);
}

TEST_CASE("a run goes on with the same data only, wherever they lie", "[program]") {
  const Cluster cluster;
  testing::write_digits(cluster, "digits", 200, 50);
  Words words = long_run("r");
  words.insert(words.end(), {"--set", "data=mnist:path=digits"});
  REQUIRE(cluster.stopped(words, "r", {SIGTERM}).code == 130);
  fs::rename(cluster.path() / "digits", cluster.path() / "moved");
  const Words resumed{"run", "--resume", "r", "--set", "data.path=moved", "--quiet"};
  CHECK(cluster.stopped(resumed, "r", {SIGTERM}).code == 130);
  std::string labels = cluster.read("moved/train-labels-idx1-ubyte");
  std::swap(labels[8], labels[9]);
  labels[8] = static_cast<char>((labels[8] + 1) % 10);
  cluster.write("moved/train-labels-idx1-ubyte", labels);
  cluster.refused(resumed, 2, {"data train-labels-idx1-ubyte: SHA-256 "});
}

TEST_CASE("a run goes on with the same instruction set only", "[program]") {
  const Cluster cluster;
  REQUIRE(cluster.stopped(long_run("r"), "r", {SIGTERM}).code == 130);
  const Outcome refused = cluster.shell(
      "ONEDNN_MAX_CPU_ISA=SSE41 GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2 "
      "exec \"$0\" run --resume r");
  if (refused.code == 130 || refused.code == 0) return;  // neither can be limited in this build on this machine
  CHECK(refused.code == 2);
  CHECK_THAT(refused.err, StartsWith("steq: build kernel_instructions: ") || StartsWith("steq: build math_library: "));
}

TEST_CASE("a run that another process holds is left alone, with exit code 75", "[program]") {
  const Cluster cluster;
  Process first(cluster.path(), Playground::command(long_run("r")));
  first.wait_for(cluster.path() / "r.partial" / "checkpoint");
  for (const char* flag : {"--force", "--resume", "--resume-or-start", "--quiet"}) {
    const Outcome second = cluster.steq({"run", "c.json", "--out", "r", flag});
    CHECK(second.code == 75);
    CHECK_THAT(second.err, StartsWith("steq: " + cluster.file("r") + ": another process (") &&
                               Contains("is writing it; wait until it has ended, or stop it"));
  }
  first.send(SIGTERM);
  CHECK(first.wait().code == 130);
}

TEST_CASE("a study goes on after a kill with the same command", "[program]") {
  const Cluster cluster;
  cluster.write_json("s.json", testing::tiny_study());
  const Words call{"reproduce", "s.json", "--quiet", "--threads", "1", "--out"};
  const auto to = [&](const std::string& out) {
    Words words = call;
    words.push_back(out);
    return words;
  };
  cluster.good(to("whole"));
  cluster.killed(to("cut"), "cut/small/runs/rate-0.1-seed-1");
  fs::create_directories(cluster.path() / "cut/small/runs/rate-0.2-seed-1.partial");  // killed even earlier
  cluster.good(to("cut"));
  Tree whole = testing::tree_of(cluster.path() / "whole"), cut = testing::tree_of(cluster.path() / "cut");
  for (Tree* tree : {&whole, &cut})
    std::erase_if(*tree, [](const auto& f) { return f.first.ends_with("manifest.json"); });
  CHECK(cut == whole);
}

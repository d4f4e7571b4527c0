// SPDX-License-Identifier: MIT
// Chains of runs, as users of `steq reproduce` see them.
#include "experiments/studies/study_run.hpp"

#include <catch2/catch.hpp>

#include "records/safetensors.hpp"
#include "tiny_chain.hpp"

using namespace steq;
namespace fs = std::filesystem;
using Catch::Contains;
using testing::Playground;
using testing::Process;
using testing::tiny_chain;
using testing::tiny_chain_with;
using testing::Tree;
using testing::Words;

namespace {

const std::string kCase = "out/chain/runs/two-seed-1/";

Words reproducing(const std::string& out, const Words& more = {}) {
  Words words{"reproduce", "s.json", "--quiet", "--threads", "1", "--out", out};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::vector<StoredTensor> tensors_in(const Playground& playground, const std::string& file) {
  return read_safetensors(playground.file(file + ".safetensors")).tensors;
}

/// Makes the finished runs anew knowable: one that is trained again loses the mark.
void mark(const Playground& playground, const std::string& run) {
  playground.write(run + "manifest.json", playground.read(run + "manifest.json") + "\n");
}
bool is_marked(const Playground& playground, const std::string& run) {
  return playground.read(run + "manifest.json").ends_with("\n\n");
}

}  // namespace

TEST_CASE("a stage begins with the final weights of the one before it", "[program][stages]") {
  const Playground playground;
  playground.write_json("s.json", tiny_chain());
  CHECK_THAT(playground.good(reproducing("out")), Contains("two: on / off") && !Contains("q-hat"));
  for (const std::string seed : {"1", "2"}) {
    const std::string run = "out/chain/runs/two-seed-" + seed + "/";
    const auto start = tensors_in(playground, run + "pre/weights/q-hat-final");
    CHECK(tensors_in(playground, run + "fine/weights/on-initial") == start);
    CHECK(tensors_in(playground, run + "fine/weights/off-initial") == start);
    CHECK(tensors_in(playground, run + "pre/weights/q-hat-initial") != start);
    CHECK(playground.json(run + "fine/summary.json")["steps"] == 6);
  }
  playground.good({"run", kCase + "fine/config.json", "--out", "alone", "--threads", "1"});
  CHECK(playground.read("alone/logs.h5") == playground.read(kCase + "fine/logs.h5"));
}

TEST_CASE("a chain is measured in its last stage; earlier ones can be asked for", "[program][stages]") {
  const Playground playground;
  Json document = tiny_chain();
  document["tables"] = {{{"name", "all"},
                         {"layout", "pairs"},
                         {"rows", {"test_accuracy_a"}},
                         {"columns",
                          {{{"title", "Before"}, {"of", "two/pre: q-hat / ste"}},
                           {{"title", "After"}, {"of", "two/fine: on / off"}},
                           {{"title", "Other seed"}, {"of", "two: on / other seed"}}}}}};
  document["expect"] = {{{"value", "two/pre: q-hat / copy: different_levels"}, {"at_most", 0.0}}};
  playground.write_json("s.json", document);
  playground.good(reproducing("out"));
  const Json study = playground.json("out/chain/study.json");
  REQUIRE(study["comparisons"].size() == 1);
  CHECK(study["comparisons"][0]["of"] == "two: on / off");
  CHECK(study["comparisons"][0]["paired"]["test_accuracy"]["seeds"] == 2);
  CHECK(study["runs"].size() == 4);
  CHECK(study["runs"][0]["stage"] == "pre");
  CHECK(study["measurements"].size() == 3);
  CHECK(study["measurements"][2]["of"] == "two: on / other seed");
  CHECK(study["measurements"][2]["run"] == "runs/two-seed-1/fine / runs/two-seed-2/fine");
  CHECK(study["earlier_stages"].size() == 4);
  CHECK(study["earlier_stages"][0]["of"] == "two/pre: q-hat / ste");
  CHECK(study["variants"][0]["stages"][1]["config"]["init"]["file"] == "stage:pre/q-hat");
  CHECK(study["expectations"][0]["holds"] == true);
  const auto lines = testing::lines_of(playground.read("out/chain/tables/sources.csv"));
  REQUIRE(lines.size() == 6);
  const Json before = playground.json(kCase + "pre/summary.json")["learners"]["q-hat"]["test_accuracy"];
  const Json& measured = study["measurements"][0];
  CHECK(measured["values"]["test_error_a"].get<double>() == 1 - measured["values"]["test_accuracy_a"].get<double>());
  CHECK(lines[1] == "all,Before,test_accuracy_a,1," + before.dump() + ",runs/two-seed-1/pre");
  CHECK_THAT(lines[3], Contains("runs/two-seed-1/fine"));
}

TEST_CASE("finished stages are kept, wherever the study lies, and the others made", "[program][stages]") {
  const Playground playground;
  Json document = tiny_chain();  // from one file for each learner
  Json& set = document["variants"][0]["stages"][1]["set"];
  set.erase("init.file");
  set["learners.0.init.file"] = "stage:pre/q-hat";
  set["learners.1.init.file"] = "stage:pre/ste";
  playground.write_json("s.json", document);
  playground.good(reproducing("out"));
  CHECK(tensors_in(playground, kCase + "fine/weights/off-initial") ==
        tensors_in(playground, kCase + "pre/weights/ste-final"));
  const std::string log = playground.read(kCase + "fine/logs.h5");
  for (const char* run : {"pre/", "fine/"}) mark(playground, kCase + run);
  fs::remove_all(playground.path() / "out/chain/runs/two-seed-2/fine");
  fs::create_directories(playground.path() / "else/where");
  fs::rename(playground.path() / "out/chain", playground.path() / "else/where/chain");
  playground.good(reproducing("else/where"));
  CHECK(is_marked(playground, "else/where/chain/runs/two-seed-1/pre/"));
  CHECK(is_marked(playground, "else/where/chain/runs/two-seed-1/fine/"));
  CHECK(playground.json("else/where/chain/runs/two-seed-2/fine/summary.json")["steps"] == 6);
  fs::remove_all(playground.path() / "else/where/chain/runs/two-seed-1");
  playground.good(reproducing("else/where"));
  CHECK(playground.read("else/where/chain/runs/two-seed-1/fine/logs.h5") == log);
}

TEST_CASE("a stage that was interrupted goes on, also in another place", "[program][stages]") {
  const Playground playground;
  playground.write_json("s.json", tiny_chain_with("/variants/0/stages/1/set/steps", 3000));
  Process process(playground.path(), Playground::command(reproducing("out", {"--seeds", "1"})));
  process.wait_for(playground.path() / (kCase + "fine.partial/history.jsonl"));
  process.send(SIGINT);
  CHECK(process.wait().code == 130);
  mark(playground, kCase + "pre/");
  CHECK(playground.json("out/chain/study.json")["measurements"].empty());
  fs::rename(playground.path() / "out", playground.path() / "moved");
  playground.good(reproducing("moved", {"--seeds", "1"}));
  playground.good(reproducing("whole", {"--seeds", "1"}));
  CHECK(is_marked(playground, "moved/chain/runs/two-seed-1/pre/"));
  CHECK(playground.read("moved/chain/runs/two-seed-1/fine/logs.h5") ==
        playground.read("whole/chain/runs/two-seed-1/fine/logs.h5"));
}

TEST_CASE("a stage of other settings, or from other weights, is not overwritten", "[program][stages]") {
  const Playground playground;
  playground.write_json("s.json", tiny_chain());
  playground.good(reproducing("out", {"--seeds", "1"}));
  playground.write_json("s.json", tiny_chain_with("/variants/0/stages/1/set/steps", 7));
  playground.refused(reproducing("out", {"--seeds", "1"}), 2,
                     {"out/chain/runs/two-seed-1/fine: holds another run (steps: 6, not 7)"});
  playground.write_json("s.json", tiny_chain_with("/variants/0/stages/0/set", {{"epochs", 2}}));
  playground.refused(reproducing("out", {"--seeds", "1"}), 2,
                     {"out/chain/runs/two-seed-1/pre: holds another run (epochs: 1, not 2)"});
  // Without the first stage nobody knows before it is made again that the second began from another.
  fs::remove_all(playground.path() / (kCase + "pre"));
  const std::string fine = playground.read(kCase + "fine/manifest.json");
  const testing::Outcome outcome = playground.steq(reproducing("out", {"--seeds", "1"}));
  CHECK(outcome.code == 2);
  const std::string told =
      "out/chain/runs/two-seed-1/fine: holds another run (it read another "
      "out/chain/runs/two-seed-1/pre/weights/q-hat-final.safetensors than is there now)";
  CHECK_THAT(outcome.err, Contains(told));
  CHECK(playground.read(kCase + "fine/manifest.json") == fine);
  playground.refused(reproducing("out", {"--seeds", "1"}), 2, {told});
  playground.good(reproducing("out", {"--seeds", "1", "--force"}));
  CHECK(playground.read(kCase + "fine/manifest.json") != fine);
}

TEST_CASE("a chain does not take the place of a run, nor a run that of a chain", "[program][stages]") {
  const Playground playground;
  Json plain = tiny_chain();
  plain["variants"][0].erase("stages");
  playground.write_json("s.json", plain);
  playground.good(reproducing("out", {"--seeds", "1"}));
  playground.write_json("s.json", tiny_chain());
  playground.refused(reproducing("out", {"--seeds", "1"}), 2,
                     {"out/chain/runs/two-seed-1: holds one run, and no stages; allowed: another --out"});
  playground.good(reproducing("new", {"--seeds", "1"}));
  playground.write_json("s.json", plain);
  playground.refused(reproducing("new", {"--seeds", "1"}), 2,
                     {"new/chain/runs/two-seed-1: exists and is not a run directory"});
}

TEST_CASE("a stage that breaks down ends its chain, and is a result", "[program][stages]") {
  Json document = tiny_chain_with("/variants/0/stages/0/set", {{"optimizer.learning_rate", 1e38}});
  document["variants"].push_back(tiny_chain()["variants"][0]);
  document["variants"][1]["name"] = "good";
  const Playground playground;
  playground.write_json("s.json", document);
  const std::string said = playground.good(reproducing("out"));
  CHECK_THAT(said, Contains("good: on"));
  CHECK_FALSE(fs::exists(playground.path() / (kCase + "fine")));
  const Json study = playground.json("out/chain/study.json");
  CHECK(study["status"] == "complete");
  CHECK(study["measurements"].back()["of"] == "two: on / off");
  CHECK(study["measurements"].back()["status"] == "diverged");
  CHECK(study["measurements"].back()["run"] == "runs/two-seed-2/pre");
  CHECK_THAT(playground.read("out/chain/tables/comparisons.csv"), Contains("diverged at step"));
  CHECK_THAT(playground.read("out/chain/tables/comparisons.csv"), Contains("weight_alignment_error"));
  mark(playground, kCase + "pre/");
  playground.good(reproducing("out"));
  CHECK(is_marked(playground, kCase + "pre/"));
}

TEST_CASE("what a later stage refuses is told before the first is trained", "[program][stages]") {
  const Playground playground;
  const auto with = [&](const Json& changes, const std::vector<std::string>& problems) {
    Json document = tiny_chain();
    document["variants"][0]["stages"][1]["set"].update(changes);
    playground.write_json("s.json", document);
    playground.refused(reproducing("out"), 2, problems);
  };
  const std::string place = "s.json: two/fine: ";
  with({{"init.file", "stage:pre/on"}}, {"s.json: variant two/fine: init.file: \"stage:pre/on\" is not allowed"});
  with({{"batch_size", 500}}, {place + "batch_size: 500 is not allowed"});
  with({{"learners.0.estimator", "ste:gate=rounded"}, {"quantizer", "sign"}},
       {place + "learners[0].estimator.gate: \"rounded\" is not allowed"});
  with({{"model.layers.0.out", 5}},
       {place + "init.file: \"stage:pre/q-hat\" is not allowed: its network has conv1.weight of shape [4, 1, 5, 5]; "
                "allowed: one with conv1.weight of shape [5, 1, 5, 5]",
        place +
            "init.file: \"stage:pre/q-hat\" is not allowed: its network has fc.weight of shape [10, 256]; allowed: one "
            "with fc.weight of shape [10, 320]"});
  Json outside = testing::tiny();
  outside["init"] = {{"file", "stage:pre/q-hat"}};
  playground.write_json("c.json", outside);
  playground.refused({"run", "c.json"}, 2,
                     {"c.json: init.file: \"stage:pre/q-hat\" is not allowed; allowed: the path of"});
}

TEST_CASE("the quick form of a chain is a chain", "[program][stages]") {
  const Playground playground;
  playground.write_json("s.json", tiny_chain());
  playground.good(reproducing("out", {"--quick"}));
  const std::string run = "out/chain-quick/runs/two-seed-7/";
  CHECK(playground.json(run + "pre/summary.json")["steps"] == 4);
  CHECK(playground.json(run + "fine/summary.json")["steps"] == 4);
  CHECK(tensors_in(playground, run + "fine/weights/on-initial") ==
        tensors_in(playground, run + "pre/weights/q-hat-final"));
  playground.good({"reproduce", "out/chain-quick/config.json", "--threads", "1", "--out", "again"});
  CHECK(playground.read("again/chain/runs/two-seed-7/fine/logs.h5") == playground.read(run + "fine/logs.h5"));
}

TEST_CASE("grid parameters of another number are told before the first stage is trained", "[program][stages]") {
  const Playground playground;
  Json document = tiny_chain();
  Json& stages = document["variants"][0]["stages"];
  document["base"]["learners"] = Json::parse(R"([{"name": "q-hat", "estimator": "ste"}])");
  document["base"]["compare"] = Json::array();
  stages[1]["set"]["learners"][1]["estimator"] = "ste";
  stages[0]["set"]["quantizer"] = "soft-staircase:temperature=5";
  stages[1]["set"]["quantizer"] = "soft-staircase:temperature=5,levels=-1/0/1/2";
  playground.write_json("s.json", document);
  playground.refused(reproducing("out"), 2,
                     {"s.json: two/fine: learners[0].init: thresholds of conv1.weight: has 2 values; allowed: 3",
                      "s.json: two/fine: learners[1].init: thresholds of conv1.weight: has 2 values; allowed: 3"});
}

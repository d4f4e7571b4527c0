// SPDX-License-Identifier: MIT
// Learners that a frozen network teaches.
#include "tiny.hpp"

using namespace steq;
using namespace steq::testing;
using Catch::Contains;

namespace {

Json student_of(const Json& teacher) {
  Json config = Json::parse(R"({
    "name": "students", "data": {"dataset": "synthetic-digits", "train_size": 100, "test_size": 30},
    "model": "mlp:hidden=6,depth=1", "quantizer": "bucketed:bits=2,bucket=64",
    "optimizer": {"type": "sgd", "learning_rate": 0.05}, "batch_size": 20, "steps": 12,
    "learners": [{"name": "alone"}, {"name": "taught"}]})");
  config["learners"][1]["loss"] = {{"type", "distillation"}, {"teacher", teacher}};
  return config;
}

Json by_run() { return {{"run", "teacher"}, {"learner", "q-hat"}}; }

/// A run "teacher" of a larger network.
void train_teacher(const Playground& playground) {
  playground.write_json("t.json", tiny());
  playground.good({"run", "t.json", "--out", "teacher"});
}

}  // namespace

TEST_CASE("a student is taught by a learner of a run as by its weights file", "[program]") {
  const Playground playground;
  train_teacher(playground);
  playground.write_json("run.json", student_of(by_run()));
  playground.write_json("file.json", student_of({{"file", "teacher/weights/q-hat-final.safetensors"},
                                                 {"model", playground.json("teacher/config.json")["model"]}}));
  playground.good({"run", "run.json", "--out", "a", "--report"});
  playground.good({"run", "file.json", "--out", "b", "--threads", "2"});
  CHECK(playground.tree().contains("a/report.html"));
  for (const char* file : {"logs.h5", "weights/taught-final.safetensors", "summary.json"})
    CHECK(playground.read(std::string("a/") + file) == playground.read(std::string("b/") + file));
  CHECK(playground.read("a/weights/taught-final.safetensors") != playground.read("a/weights/alone-final.safetensors"));
  CHECK(playground.json("a/manifest.json")["init"][0]["file"] == "teacher/weights/q-hat-final.safetensors");
  CHECK(playground.json("a/config.json")["learners"][1]["loss"] ==
        Json::parse(R"({"type": "distillation", "temperature": 2.0, "weight": 0.7,
                        "teacher": {"run": "teacher", "learner": "q-hat"}})"));
  playground.good({"run", "a/config.json", "--out", "c"});
  CHECK(playground.read("a/logs.h5") == playground.read("c/logs.h5"));
}

TEST_CASE("a finished run is kept when its teacher has changed since; a new one is taught anew", "[program]") {
  const Playground playground;
  train_teacher(playground);
  playground.write_json("c.json", student_of(by_run()));
  playground.good({"run", "c.json", "--out", "run"});
  playground.good({"run", "t.json", "--out", "teacher", "--seed", "2", "--force"});
  const Outcome outcome = playground.steq({"run", "c.json", "--out", "run", "--resume-or-start", "--set", "seed=1"});
  CHECK(outcome.code == 0);  // all is done, and the places are the same
  CHECK(playground.steq({"run", "c.json", "--out", "other", "--quiet"}).code == 0);
  CHECK(playground.read("run/logs.h5") != playground.read("other/logs.h5"));
}

TEST_CASE("a teacher whose network changed is another teacher, and none may lie where the run goes", "[program]") {
  const Playground playground;
  train_teacher(playground);
  Json config = student_of(by_run());
  config["steps"] = 4000;
  playground.write_json("c.json", config);
  Process process(playground.path(), Playground::command({"run", "c.json", "--out", "run", "--checkpoint-steps", "2"}));
  for (int wait = 0; wait < 1000 && !fs::exists(playground.path() / "run.partial"); ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  process.send(SIGINT);
  if (process.wait().code == 130) {
    Json changed = playground.json("teacher/config.json");
    changed["seed"] = 5;
    playground.write_json("teacher/config.json", changed);
    const Outcome resumed = playground.steq({"run", "run", "--resume", "--quiet"});
    CHECK(resumed.code == 2);
    CHECK_THAT(resumed.err, Contains("config.json: SHA-256"));
  }
  playground.refused({"run", "c.json", "--out", "teacher", "--force", "--quiet"}, 2,
                     {"teacher/weights/q-hat-final.safetensors: lies in "});
}

TEST_CASE("a loss and its teacher go together", "[program]") {
  const Playground playground;
  train_teacher(playground);
  const auto refused = [&](const Json& loss, const std::string& problem) {
    Json config = student_of(by_run());
    config["learners"][1]["loss"] = loss;
    playground.write_json("c.json", config);
    playground.refused({"run", "c.json", "--out", "run", "--quiet"}, 2, {problem});
  };
  const std::string loss = "c.json: learners[1].loss", ways = R"({"model", "file"} or {"run", "learner"})";
  refused("distillation", loss + ".teacher: missing; required is " + ways);
  refused({{"type", "hinge"}, {"teacher", by_run()}}, loss + ".teacher: the loss hinge has none; allowed: no such key");
  const auto by = [](const Json& teacher) { return Json{{"type", "distillation"}, {"teacher", teacher}}; };
  refused(by({{"file", "w.safetensors"}}),
          loss + ".teacher: is incomplete, or says more than one thing; allowed: " + ways);
  refused(by({{"run", "teacher"}, {"learner", "q-hut"}}),
          loss + ".teacher.learner: \"q-hut\" is not allowed; allowed: q-hat, ste, copy; did you mean \"q-hat\"?");
  refused(by({{"run", "nowhere"}, {"learner", "ste"}}),
          loss + ".teacher.run: nowhere is no directory of a run (it has no config.json)");
  refused(by({{"model", "mlp:hiden=6"}, {"file", "w"}}), loss + ".teacher.model.hiden: unknown key");
  Json config = student_of({{"model", "mlp:hidden=6,depth=1"}, {"file", "teacher/weights/ste-final.safetensors"}});
  playground.write_json("c.json", config);
  const Outcome outcome = playground.steq({"run", "c.json", "--out", "run", "--quiet"});
  CHECK(outcome.code == 2);
  CHECK_THAT(outcome.err, Contains("teacher/weights/ste-final.safetensors: tensor fc1.weight: missing; required with "
                                   "shape [6, 784]") &&
                              Contains("conv1.weight: the network has no such tensor"));
}

// SPDX-License-Identifier: MIT
// Learners of unlike recipes: run, compared as far as they can be, checked, reported.
#include "program.hpp"

using namespace steq;
using namespace steq::testing;
using Catch::Contains;

namespace {

Json unlike_config() {
  return Json::parse(R"({
    "name": "unlike", "data": {"dataset": "synthetic-digits", "train_size": 60, "test_size": 20}, "model": "lenet5",
    "optimizer": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.02}, "batch_size": 20, "steps": 6,
    "learners": [{"name": "full", "quantizer": "none"}, {"name": "ste"},
                 {"name": "lsq", "quantizer": "lsq", "optimizer": "adam:learning_rate=0.01"},
                 {"name": "rows", "quantizer": "absmean-ternary:per=row", "storage": "clip", "loss": "hinge"}],
    "compare": [["full", "ste"], ["ste", "lsq"], ["lsq", "rows"]],
    "record": {"latent_every": 2}})");
}

}  // namespace

TEST_CASE("learners of unlike recipes are compared as far as they can be", "[program]") {
  const Playground playground;
  playground.write_json("c.json", unlike_config());
  CHECK(playground.steq({"run", "c.json", "--out", "run", "--quiet", "--report"}).code == 0);
  const Json comparisons = playground.json("run/summary.json")["comparisons"];
  const auto metric = [&](int pair, const char* name) { return comparisons[pair]["metrics"][name]; };
  CHECK(metric(0, "quantized_weight_agreement").is_null());  // one has no levels
  CHECK(metric(2, "quantized_weight_agreement").is_null());  // four levels and three
  CHECK(metric(1, "quantized_weight_agreement").is_number());
  for (int pair : {0, 1, 2}) {
    CHECK(metric(pair, "inference_agreement").is_number());
    CHECK(comparisons[pair]["kind"] == "other");
  }
  CHECK(comparisons[0]["first_divergence"].is_null());
  CHECK(playground.tree().contains("run/report.html"));
}

TEST_CASE("what a learner refuses of its quantizer is told before anything is written", "[program]") {
  const Playground playground;
  Json config = unlike_config();
  config["learners"][2]["estimator"] = "ste:gate=rounded";
  config["learners"][2]["quantizer"] = "xnor";
  config["learners"][3]["quantizer"] = "twn";
  config["learners"][3]["estimator"] = "dsq";
  playground.write_json("c.json", config);
  playground.refused({"run", "c.json", "--out", "run", "--quiet"}, 2,
                     {"c.json: learners[2].estimator.gate: \"rounded\" is not allowed on two levels",
                      "c.json: learners[3].estimator: dsq:gate=none,k=6.5 is not allowed: it counts in bins"});
}

TEST_CASE("a moving grid breaks the assumption fixed-grid, and a run is equal to itself", "[program]") {
  const Playground playground;
  playground.write_json("c.json", unlike_config());
  CHECK(playground.steq({"run", "c.json", "--out", "run", "--quiet"}).code == 0);
  const Outcome check = playground.steq({"check", "run"});
  CHECK(check.code == 1);
  CHECK_THAT(check.out, Contains("fixed-grid") && Contains("the grid of lsq moves while training: step"));
  CHECK(playground.steq({"diff", "run", "run"}).code == 0);
  const Outcome again = playground.steq({"run", "run/config.json", "--out", "again", "--quiet", "--threads", "2"});
  CHECK(again.code == 0);
  CHECK(playground.steq({"diff", "run", "again"}).code == 0);
}

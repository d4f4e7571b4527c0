// SPDX-License-Identifier: MIT
// Learners of unlike recipes: run, compared as far as they can be, checked, reported.
#include <cmath>

#include "program.hpp"
#include "records/safetensors.hpp"

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

namespace {

/// Bits of a level's index in summary.json are those of `steq quantize` on the same latent weights.
void check_sizes(const Playground& playground) {
  const Json learners = Json::parse(playground.read("run/summary.json"))["learners"];
  CHECK(!learners["gupta"].contains("size"));
  const Json size = learners["buckets"]["size"];
  const Outcome outcome = playground.steq({"quantize", "run/weights/buckets-final.safetensors", "--quantizer",
                                           "bucketed:bits=2", "--tensors", "fc1.weight,fc2.weight", "--json"});
  const Json quantized = Json::parse(outcome.out)["tensors"];
  for (const Json& tensor : quantized) {
    const Json& own = size["tensors"][tensor["name"].get<std::string>()];
    for (const char* key : {"weights", "bits", "huffman_bits", "compression"}) CHECK(own[key] == tensor[key]);
  }
  CHECK(size["stored_numbers"] == 2 * (25 + 1));  // low and width of 784 * 8 / 256 and 80 / 256 buckets
  CHECK(size["huffman_bits"] <= size["bits"]);
  CHECK_THAT(playground.read("run/report.html"), Contains("Bits of the quantized weights"));
}

}  // namespace

TEST_CASE("weights that are fixed-point numbers stay such numbers, and their sums must be exact", "[program]") {
  const Playground playground;
  Json config = Json::parse(R"({
    "name": "gupta", "precision": "double", "data": {"dataset": "synthetic-digits", "train_size": 60, "test_size": 20},
    "model": {"input": [1, 28, 28], "layers": [
      {"type": "flatten"}, {"type": "dense", "name": "fc1", "out": 8, "quantize": true},
      {"type": "quantize", "name": "q"}, {"type": "relu"}, {"type": "dense", "name": "fc2", "out": 10, "quantize": true}]},
    "optimizer": {"type": "sgd", "learning_rate": 0.1}, "batch_size": 20, "epochs": 2, "quantizer": "none",
    "learners": [{"name": "gupta",
                  "storage": "fixed-point:integer_bits=8,fraction_bits=8,rounding=stochastic",
                  "activations": {"quantizer": "fixed-point:integer_bits=6,fraction_bits=10,rounding=stochastic",
                                  "errors": "fixed-point:integer_bits=8,fraction_bits=8,rounding=stochastic"}},
                 {"name": "points", "quantizer": "points:count=3,bucket=100", "storage": "frozen"},
                 {"name": "buckets", "quantizer": "bucketed:bits=2", "estimator": "ste"}],
    "compare": [["points", "buckets"]]})");
  playground.write_json("c.json", config);
  playground.good({"run", "c.json", "--out", "run", "--quiet", "--report", "--threads", "1"});
  playground.good({"run", "c.json", "--out", "again", "--quiet", "--threads", "2"});
  CHECK(playground.read("run/logs.h5") == playground.read("again/logs.h5"));
  for (const StoredTensor& tensor : read_safetensors(playground.file("run/weights/gupta-final.safetensors")).tensors)
    if (tensor.name.find(".grid.") == std::string::npos)
      for (const double w : values_of(tensor, tensor.name)) REQUIRE(w * 256 == std::round(w * 256));
  const Json first =
      Json::parse(playground.read("run/history.jsonl").substr(0, playground.read("run/history.jsonl").find('\n')));
  for (const char* name : {"fc1.weight", "fc2.bias"}) {
    CHECK(first["moved_weight_share"][name] > 0);
    CHECK(first["moved_weight_share"][name] < 1);
  }
  check_sizes(playground);
  const Outcome check = playground.steq({"check", "run"});
  CHECK(check.code == 1);
  CHECK_THAT(check.out, Contains("latent-weights") && Contains("fixed-grid"));
  config["precision"] = "float";
  playground.write_json("c.json", config);
  playground.refused(
      {"run", "c.json", "--out", "other", "--quiet"}, 2,
      {"c.json: learners[0].storage: fixed-point:fraction_bits=8,integer_bits=8,rounding=stochastic is not "
       "allowed: exact sums of fc1.weight need 42 bits"});
  config["learners"][0].erase("storage");
  config["learners"][0]["quantizer"] = "fixed-point:integer_bits=4,fraction_bits=8";
  playground.write_json("c.json", config);
  playground.refused(
      {"run", "c.json", "--out", "other", "--quiet"}, 2,
      {"c.json: learners[0].quantizer: fixed-point:fraction_bits=8,integer_bits=4,rounding=nearest is not "
       "allowed: exact sums of fc1.weight need 38 bits (12 of a weight"});
}

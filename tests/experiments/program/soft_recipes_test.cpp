// SPDX-License-Identifier: MIT
// Soft training beside hard inference, quantized activations, and grid parameters that go from one run to the next.
#include <set>

#include "program.hpp"
#include "records/log_reader.hpp"
#include "records/safetensors.hpp"

using namespace steq;
using namespace steq::testing;
using Catch::Contains;

namespace {

Json soft_config() {
  return Json::parse(R"({
    "name": "soft", "data": {"dataset": "synthetic-digits", "train_size": 60, "test_size": 20},
    "model": {"input": [1, 28, 28], "layers": [
      {"type": "flatten"}, {"type": "dense", "name": "fc1", "out": 8, "quantize": true},
      {"type": "quantize", "name": "q"}, {"type": "dense", "name": "fc2", "out": 10, "quantize": true}]},
    "optimizer": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.005}, "batch_size": 20, "epochs": 2,
    "learners": [{"name": "qn", "quantizer": "soft-staircase:temperature_per_epoch=3", "estimator": "exact",
                  "activations": {"quantizer": {"type": "soft-staircase", "levels": [0, 1, 2], "thresholds": [0.5, 1.5],
                                                "temperature": 4}}},
                 {"name": "ttq", "quantizer": "ttq", "estimator": "ttq-scaled", "activations": {"quantizer": "ceil"}},
                 {"name": "full", "quantizer": "none"}],
    "compare": [["qn", "ttq"], ["ttq", "full"]],
    "record": {"latent_every": 1}})");
}

std::vector<double> tensor(const std::string& file, const std::string& name) {
  for (const StoredTensor& stored : read_safetensors(file).tensors)
    if (stored.name == name) return values_of(stored, file);
  return {};
}

}  // namespace

TEST_CASE("soft accuracy stands beside that of the levels, and grid parameters in all files", "[program]") {
  const Playground playground;
  playground.write_json("c.json", soft_config());
  REQUIRE(playground.steq({"run", "c.json", "--out", "run", "--quiet", "--report"}).code == 0);
  const std::string run = (playground.path() / "run").string();
  const Json summary = playground.json("run/summary.json");
  CHECK(summary["learners"]["qn"]["soft_test_accuracy"].is_number());
  CHECK_FALSE(summary["learners"]["ttq"].contains("soft_test_accuracy"));
  std::istringstream history(testing::get(playground.path() / "run/history.jsonl"));
  std::string line;
  REQUIRE(std::getline(history, line));
  const Json first = Json::parse(line);
  CHECK((first["learner"] == "qn" && first["soft_test_loss"].is_number()));
  CHECK(first["grid_parameters"]["fc1.weight"]["temperature"] == 6);  // of the epoch that comes
  CHECK(first["grid_parameters"]["fc1.weight"]["thresholds"].contains("median"));
  CHECK(first["grid_parameters"]["q"]["alpha"].is_number());
  const LogReader logs(run + "/logs.h5");
  for (const char* name : {"/qn/fc1.weight/grid_parameters/thresholds", "/qn/q/grid_parameters/beta",
                           "/ttq/fc2.weight/grid_parameters/positive"})
    CHECK(logs.has(name));
  const std::string weights = run + "/weights/";
  CHECK(tensor(weights + "qn-final.safetensors", "fc1.weight.grid.thresholds").size() == 2);
  const double positive = tensor(weights + "ttq-final.safetensors", "fc1.weight.grid.positive").at(0);
  const std::vector<double> deployed = tensor(weights + "ttq-quantized.safetensors", "fc1.weight");
  CHECK(std::ranges::max(deployed) == Approx(positive).epsilon(1e-6));
  CHECK(std::set<double>(deployed.begin(), deployed.end()).size() == 3);
  CHECK(tensor(weights + "full-quantized.safetensors", "fc1.weight") ==
        tensor(weights + "full-final.safetensors", "fc1.weight"));
  for (const char* figure : {"grid-parameters.csv", "soft-and-hard.csv"})
    CHECK(playground.tree().contains(std::string("run/figures/") + figure));
}

TEST_CASE("a run goes on from the grid parameters of another", "[program]") {
  const Playground playground;
  playground.write_json("c.json", soft_config());
  REQUIRE(playground.steq({"run", "c.json", "--out", "first", "--quiet"}).code == 0);
  Json second = soft_config();
  second["learners"][0]["init"] = {{"file", "first/weights/qn-final.safetensors"}};
  second["learners"][2]["init"] = {{"file", "first/weights/qn-final.safetensors"}};
  playground.write_json("d.json", second);
  REQUIRE(playground.steq({"run", "d.json", "--out", "second", "--quiet"}).code == 0);
  const auto number = [&](const std::string& file, const std::string& name) {
    return tensor((playground.path() / file).string(), name);
  };
  for (const char* name : {"fc1.weight.grid.alpha", "fc2.weight.grid.thresholds", "q.grid.beta"})
    CHECK(number("second/weights/qn-initial.safetensors", name) == number("first/weights/qn-final.safetensors", name));
  CHECK(number("second/weights/qn-initial.safetensors", "fc1.weight.grid.temperature")[0] == 3);
}

TEST_CASE("a run in which no levels can be compared has a report", "[program]") {
  const Playground playground;
  Json config = soft_config();
  config["compare"] = Json::array({Json::array({"qn", "full"})});
  playground.write_json("c.json", config);
  CHECK(playground.steq({"run", "c.json", "--out", "run", "--quiet", "--report"}).code == 0);
  const Tree tree = playground.tree();
  CHECK(tree.contains("run/report.html"));
  CHECK_FALSE(tree.contains("run/figures/learning-processes.csv"));
}

TEST_CASE("check says that the forward pass is soft", "[program]") {
  const Playground playground;
  playground.write_json("c.json", soft_config());
  REQUIRE(playground.steq({"run", "c.json", "--out", "run", "--quiet"}).code == 0);
  const Outcome check = playground.steq({"check", "run"});
  CHECK(check.code == 1);
  CHECK_THAT(check.out, Contains("hard-forward") && Contains("uses soft values in place of the levels'"));
  CHECK(playground.steq({"diff", "run", "run"}).code == 0);
}

TEST_CASE("activations that cannot be quantized are refused before anything is written", "[program]") {
  const Playground playground;
  const auto refused = [&](const Json& activations, const std::string& problem) {
    Json config = soft_config();
    config["learners"][0] = {{"name", "a"}, {"quantizer", "none"}, {"activations", activations}};
    config["compare"] = Json::array();
    playground.write_json("c.json", config);
    playground.refused({"run", "c.json", "--out", "run", "--quiet"}, 2, {problem});
  };
  refused({{"quantizer", "lsq"}},
          "c.json: learners[0].activations.quantizer.type: quantizer \"lsq\" is not allowed here");
  refused({{"quantizer", "uniform"}}, "c.json: learners[0].activations.quantizer.range: \"fan-in\" is not allowed");
  refused({{"quantizer", "uniform:range=1"}, {"surrogate", "log-tailed"}},
          "c.json: learners[0].activations.surrogate: log-tailed is not allowed: it is a slope of the quantized ReLU");
  refused("fast", "c.json: learners[0].activations: \"fast\" is not allowed; allowed: \"none\" or an object");
  Json config = soft_config();
  config["model"]["layers"].erase(2);
  playground.write_json("c.json", config);
  playground.refused({"run", "c.json", "--out", "run", "--quiet"}, 2,
                     {"c.json: learners[0].activations: the model has no layer \"quantize\"",
                      "c.json: learners[1].activations: the model has no layer \"quantize\""});
}

TEST_CASE("what activations are given, how far values are apart, and which change points a grid made", "[program]") {
  const Playground playground;
  playground.write_json("c.json", soft_config());
  REQUIRE(playground.steq({"run", "c.json", "--out", "run", "--quiet", "--report"}).code == 0);
  const Json summary = playground.json("run/summary.json");
  const Json& activations = summary["learners"]["qn"]["activations"]["q"];
  CHECK(activations["thresholds"].size() == 2);
  double all = 0;
  for (const double share : activations["shares"]) all += share;
  CHECK(all == Approx(1));
  CHECK_FALSE(summary["learners"]["full"].contains("activations"));
  CHECK(playground.tree().contains("run/figures/activation-histogram.csv"));
  for (const char* learner : {"qn", "ttq"})
    CHECK(summary["learners"][learner]["change_points_of_grid"] <= summary["learners"][learner]["change_points"]);
  CHECK_FALSE(summary["learners"]["full"].contains("change_points_of_grid"));
  for (const Json& comparison : summary["comparisons"])
    CHECK(comparison["metrics"]["quantized_value_distance"].get<double>() > 0);
  const Outcome diff = playground.steq({"diff", "run", "run", "--learners", "qn,ttq", "--json"});
  CHECK(Json::parse(diff.out)["pairs"][0]["metrics"]["quantized_value_distance"]["value"] ==
        summary["comparisons"][0]["metrics"]["quantized_value_distance"]);
}

TEST_CASE("what is to be deployed has the grid parameters of activations", "[program]") {
  const Playground playground;
  playground.write_json("c.json", soft_config());
  REQUIRE(playground.steq({"run", "c.json", "--out", "run", "--quiet"}).code == 0);
  const std::string weights = (playground.path() / "run/weights/qn-").string();
  for (const char* name : {"q.grid.alpha", "q.grid.beta", "q.grid.temperature"})
    CHECK(tensor(weights + "quantized.safetensors", name) == tensor(weights + "final.safetensors", name));
  CHECK(tensor(weights + "quantized.safetensors", "q.grid.alpha").size() == 1);
}

TEST_CASE("thresholds of a file that fall are refused", "[program]") {
  const Playground playground;
  playground.write_json("c.json", soft_config());
  REQUIRE(playground.steq({"run", "c.json", "--out", "first", "--quiet"}).code == 0);
  const std::string path = (playground.path() / "first/weights/qn-final.safetensors").string();
  TensorFile file = read_safetensors(path);
  for (StoredTensor& stored : file.tensors)
    if (stored.name == "fc1.weight.grid.thresholds") stored.data = std::vector<double>{0.5, -0.5};
  write_safetensors((playground.path() / "turned.safetensors").string(), file);
  Json second = soft_config();
  second["learners"][0]["init"] = {{"file", "turned.safetensors"}};
  playground.write_json("d.json", second);
  playground.refused({"run", "d.json", "--out", "second", "--quiet"}, 2,
                     {"d.json: learners[0].init: thresholds of fc1.weight: -0.5 after 0.5 is not allowed"});
}

TEST_CASE("a recipe of the document's estimator may have no levels", "[program]") {
  const Playground playground;
  Json config = soft_config();
  config["quantizer"] = "ttq";
  config["estimator"] = "ttq-scaled";
  config["learners"] = Json::parse(R"([{"name": "ttq"}, {"name": "full", "quantizer": "none"}])");
  config["compare"] = Json::array();
  playground.write_json("c.json", config);
  CHECK(playground.steq({"run", "c.json", "--out", "run", "--quiet"}).code == 0);
}

TEST_CASE("a learned number that becomes infinite ends the run, in the last update too", "[program]") {
  const Playground playground;
  Json config = soft_config();
  config["learners"] = Json::parse(R"([{"name": "qn", "quantizer": "none", "activations": {"quantizer": {
    "type": "soft-staircase", "levels": [0, 1, 2], "thresholds": [0.5, 1.5], "temperature": 4, "rate_factor": 1e308}}}])");
  config["compare"] = Json::array();
  config["optimizer"]["learning_rate"] = 1e10;
  config["epochs"] = 1;
  config["data"]["train_size"] = 20;
  config["optimizer"]["momentum"] = 0;
  playground.write_json("c.json", config);
  const Outcome outcome = playground.steq({"run", "c.json", "--out", "run", "--quiet"});
  CHECK(outcome.code == 4);
  CHECK_THAT(outcome.err, Contains("q: grid parameter") && Contains("lower the learning rate"));
}

// SPDX-License-Identifier: MIT
// Differentiable quantization through the program: points shared out by gradients, statistics that follow.
#include <catch2/catch.hpp>
#include <cmath>

#include "records/safetensors.hpp"
#include "sim/codebooks/shared_counts.hpp"
#include "tests/experiments/program/program.hpp"

using namespace steq;
using namespace steq::testing;
using Catch::Contains;

namespace {

Json points_config(const std::string& points, std::size_t steps) {
  return Json::parse(fmt::format(R"({{
    "name": "points", "data": {{"dataset": "synthetic-digits", "train_size": 60, "test_size": 20}}, "precision": "double",
    "model": {{"input": [1, 28, 28], "layers": [
      {{"type": "conv2d", "name": "c", "out": 3, "kernel": 5, "stride": 3, "quantize": true}},
      {{"type": "batch_norm2d", "name": "n"}}, {{"type": "relu"}}, {{"type": "flatten"}},
      {{"type": "dense", "name": "d", "out": 10, "quantize": true}}]}},
    "optimizer": {{"type": "sgd", "learning_rate": 0.0001}}, "batch_size": 20, "steps": {},
    "learners": [{{"name": "points", "quantizer": "{}", "storage": "frozen"}},
                 {{"name": "float", "quantizer": "none"}}]}})",
                                 steps, points));
}

std::map<std::string, std::vector<double>> weights_in(const Playground& playground, const std::string& file) {
  std::map<std::string, std::vector<double>> weights;
  for (const StoredTensor& tensor : read_safetensors(playground.file(file)).tensors)
    weights[tensor.name] = values_of(tensor, tensor.name);
  return weights;
}

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

}  // namespace

TEST_CASE("points are shared out by the norms of the first batch's gradients", "[program]") {
  const Playground playground;
  playground.write_json("c.json", points_config("points:count=8,bucket=0,share_over=1", 1));
  playground.good({"run", "c.json", "--out", "run", "--quiet", "--threads", "1"});
  playground.good({"run", "c.json", "--out", "again", "--quiet", "--threads", "2"});
  CHECK(playground.read("run/logs.h5") == playground.read("again/logs.h5"));
  // One plain step of the learner in full precision goes along the same gradients.
  const auto start = weights_in(playground, "run/weights/float-initial.safetensors");
  const auto end = weights_in(playground, "run/weights/float-final.safetensors");
  std::vector<double> norms;
  for (const char* tensor : {"c.weight", "d.weight"}) norms.push_back(distance(start.at(tensor), end.at(tensor)));
  const std::vector<std::size_t> counts = shared_counts(8, norms);
  CHECK(counts[0] + counts[1] == 16);
  CHECK(counts[0] != counts[1]);
  const Json size = Json::parse(playground.read("run/summary.json"))["learners"]["points"]["size"]["tensors"];
  CHECK(size["c.weight"]["levels"] == counts[0]);
  CHECK(size["d.weight"]["levels"] == counts[1]);
}

TEST_CASE("a share of points needs points to share", "[program]") {
  const Playground playground;
  playground.write_json("c.json", points_config("points:count=3,share_over=1", 1));
  playground.refused(
      {"run", "c.json", "--out", "run", "--quiet"}, 2,
      {"c.json: learners[0].quantizer.count: 3 is not allowed where points are shared out; allowed: 4 to 256"});
}

TEST_CASE("while points learn, weights stand and the norms' statistics follow, and are saved", "[program]") {
  const Playground playground;
  playground.write_json("c.json", points_config("points:count=4", 6));
  playground.good({"run", "c.json", "--out", "run", "--quiet"});
  const auto start = weights_in(playground, "run/weights/points-initial.safetensors");
  const auto end = weights_in(playground, "run/weights/points-final.safetensors");
  CHECK(start.at("c.weight") == end.at("c.weight"));
  CHECK(distance(start.at("n.running_mean"), end.at("n.running_mean")) > 0);
  CHECK(distance(start.at("n.running_var"), end.at("n.running_var")) > 0);
  CHECK(distance(start.at("c.weight.grid.points"), end.at("c.weight.grid.points")) > 0);
}

// SPDX-License-Identifier: MIT
// What is allowed and still likely to be a mistake.
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
using testing::Playground;
using testing::tiny;
using testing::tiny_with;

namespace {

std::vector<std::string> warnings(const Json& config) {
  const Playground playground;
  playground.write_json("c.json", config);
  const auto outcome = playground.steq({"run", "c.json", "--quiet"});
  CAPTURE(outcome.err);
  CHECK(outcome.code == 0);
  return testing::lines_of(outcome.err);
}

/// The tiny experiment with a norm behind pooling, at a batch of one image.
Json with_norm(std::size_t batch_size) {
  Json config = tiny_with("/batch_size", std::to_string(batch_size));
  config["model"]["layers"] = Json::parse(R"([
    {"type": "conv2d", "name": "conv1", "out": 4, "kernel": 5, "stride": 3, "quantize": true}, "global_avg_pool2d",
    {"type": "batch_norm2d", "name": "bn1"}, "relu", "flatten", {"type": "dense", "name": "fc", "out": 10}])");
  config["steps"] = 3;
  config.erase("epochs");
  return config;
}

}  // namespace

TEST_CASE("a quantized first layer that sees raw pixels is warned of, once and only then", "[program]") {
  const auto said = warnings(tiny_with("/data/normalize", "\"none\""));
  REQUIRE(said.size() == 1);
  CHECK_THAT(said[0], Catch::StartsWith("steq: warning: layer conv1 is quantized and sees pixels / 255: ") &&
                          Contains("\"quantize\": false"));
  CHECK(warnings(tiny()).empty());
  Json first = tiny_with("/data/normalize", "\"none\"");
  first["model"]["layers"][0]["quantize"] = false;
  CHECK(warnings(first).empty());
}

TEST_CASE("a norm that would see one value a channel is refused", "[program]") {
  const Playground playground;
  playground.write_json("c.json", with_norm(1));
  playground.refused({"run", "c.json"}, 2,
                     {"c.json: batch_size: 1 is not allowed: in training the norm bn1 would see one value a channel, "
                      "which has no variance; allowed: at least 2"});
  playground.write_json("c.json", with_norm(2));
  playground.good({"run", "c.json", "--quiet"});
}

TEST_CASE("data that nobody would want are warned of", "[program]") {
  const Playground playground;
  testing::write_digits(playground, "data", 60, 30);
  std::string labels = playground.read("data/train-labels-idx1-ubyte");
  for (std::size_t i = 8; i < labels.size(); ++i) labels[i] = labels[i] == 0 ? 1 : labels[i];
  playground.write("data/train-labels-idx1-ubyte", labels);
  Json config = tiny();
  config["data"] = {{"dataset", "idx"}, {"path", "data"}, {"normalize", "dataset"}};
  playground.write_json("c.json", config);
  CHECK(playground.steq({"run", "c.json", "--quiet"}).err ==
        "steq: warning: no training image has the label 0; labels count from 0, and there are 10 classes\n");
}

TEST_CASE("the numbers of a normalization stand in config and manifest, and give the same bits again", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny_with("/data/normalize", "\"dataset\""));
  playground.good({"run", "c.json", "--out", "run", "--quiet"});
  const Json numbers = playground.json("run/config.json")["data"]["normalize"];
  CHECK(numbers["of"] == "dataset");
  REQUIRE(numbers["mean"].size() == 1);
  CHECK(playground.json("run/manifest.json")["normalize"] == numbers);
  playground.good({"run", "run/config.json", "--out", "again", "--quiet"});
  CHECK(playground.read("again/logs.h5") == playground.read("run/logs.h5"));
  playground.good({"run", "run/config.json", "--out", "fewer", "--quiet", "--set", "data.train_limit=100"});
  CHECK(playground.json("fewer/config.json")["data"]["normalize"]["mean"] != numbers["mean"]);
  Json given = playground.json("run/config.json");
  given["data"]["normalize"].erase("of");
  playground.write_json("given.json", given);
  playground.good({"run", "given.json", "--out", "given", "--quiet"});
  CHECK(playground.read("given/weights/ste-final.safetensors") == playground.read("run/weights/ste-final.safetensors"));
  given["data"]["normalize"]["mean"] = {125.3};
  playground.write_json("given.json", given);
  playground.refused({"run", "given.json", "--out", "other"}, 2,
                     {"given.json: data.normalize.mean: 125.3 is not allowed for pixels / 255"});
  given["data"]["normalize"]["mean"] = {0.1, 0.2}, given["data"]["normalize"]["std"] = {0.1, 0.2};
  playground.write_json("given.json", given);
  playground.refused({"run", "given.json", "--out", "other"}, 2,
                     {"given.json: data.normalize: 2 numbers are not allowed; allowed: 1, one a channel"});
}

TEST_CASE("numbers that are no pixels are normalized, and the resolved config is read again", "[program]") {
  const Playground playground;
  playground.write_json("c.json", Json::parse(R"({
    "name": "planes", "data": {"dataset": "planes", "normalize": "dataset"},
    "model": {"input": [1, 1, 4], "layers": [{"type": "flatten"}, {"type": "dense", "name": "w", "out": 2, "quantize": true}]},
    "optimizer": {"type": "sgd", "learning_rate": 0.1}, "batch_size": 88, "steps": 2, "learners": [{"name": "ste"}]})"));
  playground.good({"run", "c.json", "--out", "run", "--quiet"});
  playground.good({"run", "run/config.json", "--out", "again", "--quiet"});
  playground.good({"report", "run"});
  CHECK(playground.read("again/logs.h5") == playground.read("run/logs.h5"));
}

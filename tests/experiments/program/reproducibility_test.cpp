// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::tiny;
using testing::Tree;

namespace {

/// Everything of a run that may not depend on how it was made: all but the manifest, and the config where told so.
Tree results(const Playground& playground, const std::string& run, bool with_config = true) {
  Tree tree = testing::tree_of(playground.path() / run);
  REQUIRE(tree.contains("logs.h5"));
  tree.erase("manifest.json");
  if (!with_config) tree.erase("config.json");
  return tree;
}

/// Two quantized convolutions with norm and pooling, batches of several chunks that leave a rest.
Json deeper(const std::string& precision) {
  Json config = tiny();
  config["precision"] = precision;
  config["model"]["layers"] = Json::parse(R"([
    {"type": "conv2d", "name": "conv1", "out": 6, "kernel": 3, "padding": "same", "quantize": true},
    {"type": "batch_norm2d", "name": "norm"}, {"type": "relu"}, {"type": "max_pool2d", "kernel": 2},
    {"type": "conv2d", "name": "conv2", "out": 8, "kernel": 3, "stride": 2, "quantize": true, "bias": false},
    {"type": "relu"}, {"type": "global_avg_pool2d"}, {"type": "dense", "name": "fc", "out": 10, "quantize": true}])");
  config["data"]["train_size"] = 130;
  config["batch_size"] = 37;
  config["record"] = {{"latent_every", 3}};
  return config;
}

}  // namespace

TEST_CASE("results do not depend on the number of threads", "[program]") {
  for (const char* precision : {"float", "double"}) {
    INFO(precision);
    const Playground playground;
    playground.write_json("c.json", deeper(precision));
    for (const char* threads : {"1", "2", "3"})
      playground.good({"run", "c.json", "--out", threads, "--threads", threads});
    CHECK(results(playground, "1") == results(playground, "2"));
    CHECK(results(playground, "1") == results(playground, "3"));
  }
}

TEST_CASE("the resolved config gives the same bits again", "[program]") {
  const Playground playground;
  playground.write_json("c.json", deeper("float"));
  playground.good({"run", "c.json", "--out", "a", "--seed", "7", "--set", "learners[0].estimator.k=5", "--set",
                   "optimizer.schedule=warmup-cosine:warmup=0.1"});
  playground.good({"run", "a/config.json", "--out", "b"});
  CHECK(results(playground, "a") == results(playground, "b"));
  CHECK(playground.json("a/config.json")["seed"] == 7);
  CHECK(playground.json("a/manifest.json")["seed"] == 7);
}

TEST_CASE("the seed changes weights, order and data", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  playground.good({"run", "c.json", "--out", "a"});
  playground.good({"run", "c.json", "--out", "b", "--seed", "2"});
  playground.good({"run", "c.json", "--out", "c", "--set", "seed=2"});
  const Tree a = results(playground, "a"), b = results(playground, "b");
  for (const char* file : {"logs.h5", "weights/q-hat-initial.safetensors", "weights/ste-final.safetensors"})
    CHECK(a.at(file) != b.at(file));
  CHECK(b == results(playground, "c"));
}

TEST_CASE("a run that starts from another's initial weights is the same run", "[program]") {
  for (const char* precision : {"float", "double"}) {
    const Playground playground;
    playground.write_json("c.json", deeper(precision));
    playground.good({"run", "c.json", "--out", "a"});
    playground.good({"run", "c.json", "--out", "b", "--set", "init.file=a/weights/q-hat-initial.safetensors"});
    CHECK(results(playground, "a", false) == results(playground, "b", false));
    playground.good({"run", "b/config.json", "--out", "c"});
    CHECK(results(playground, "b") == results(playground, "c"));
  }
}

// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "config_example.hpp"

using namespace steq;
using Catch::Contains;
using Catch::StartsWith;
using testing::refusal;
using testing::with;

namespace {

const char* kLayers = R"({"input": [1, 28, 28], "layers": [
  {"type": "conv2d", "name": "conv1", "out": 4, "kernel": 3, "padding": "same", "quantize": true},
  "relu",
  {"type": "residual",
   "branch": [{"type": "conv2d", "name": "conv2", "out": 4, "kernel": 1}, "relu"],
   "shortcut": [{"type": "conv2d", "name": "conv3", "out": 4, "kernel": 1}]},
  "flatten",
  {"type": "dense", "name": "fc", "out": 10}]})";

std::string layer_refusal(const std::string& layer) {
  return refusal("/model", R"({"input": [4], "layers": [)" + layer + "]}");
}

}  // namespace

TEST_CASE("A model is a name with parameters") {
  CHECK(std::get<Spec>(with("/model", R"("mlp:hidden=7")").model).values.at("hidden") == Value(std::int64_t{7}));
  CHECK(std::get<Spec>(with("/model", R"({"type": "mlp", "hidden": 7})").model).name == "mlp");
}

TEST_CASE("A model is a list of layers, their defaults filled in") {
  const ModelSpec model = std::get<ModelSpec>(with("/model", kLayers).model);
  CHECK(model.input == SampleShape{1, 28, 28});
  REQUIRE(model.layers.size() == 5);
  CHECK(model.layers[0].type.name == "conv2d");
  CHECK(model.layers[0].type.values.at("name") == Value("conv1"));
  CHECK(model.layers[0].type.values.at("padding") == Value("same"));
  CHECK(model.layers[0].type.values.at("stride") == Value(std::int64_t{1}));
  REQUIRE(model.layers[2].branch.size() == 2);
  CHECK(model.layers[2].branch[1].type.name == "relu");
  CHECK(model.layers[2].shortcut.size() == 1);
  CHECK(model.layers[4].type.values.at("bias") == Value(true));
}

TEST_CASE("Resolved layers read as the same layers") {
  const Json once = resolved(with("/model", kLayers));
  CHECK(resolved(read_config(Json::parse(once.dump()), "c.json")).dump() == once.dump());
  CHECK(once["model"]["layers"][2]["branch"][0]["name"] == "conv2");
}

TEST_CASE("A flat input and an identity shortcut") {
  const ModelSpec model = std::get<ModelSpec>(
      with("/model", R"({"input": [5], "layers": [{"type": "residual", "branch": ["relu"], "shortcut": []}]})").model);
  CHECK(model.input == SampleShape{5, 1, 1});
  CHECK(model.layers[0].shortcut.empty());
}

TEST_CASE("Bad layers are named by their path") {
  CHECK_THAT(
      layer_refusal(R"({"type": "convd2"})"),
      StartsWith("c.json: model.layers[0].type: unknown layer \"convd2\"") && Contains("did you mean \"conv2d\"?"));
  CHECK_THAT(layer_refusal(R"("rely")"), StartsWith("c.json: model.layers[0].type: unknown layer \"rely\""));
  CHECK_THAT(layer_refusal(R"("relu", 3)"),
             StartsWith("c.json: model.layers[1]: 3 is not allowed; allowed: the layer's name"));
  CHECK_THAT(layer_refusal(R"({"type": "dense", "name": "fc", "out": 0})"),
             StartsWith("c.json: model.layers[0].out: 0 is not allowed; allowed: an integer"));
  CHECK_THAT(layer_refusal(R"({"type": "dense", "name": "fc"})"), StartsWith("c.json: model.layers[0].out: missing"));
  CHECK_THAT(layer_refusal(R"({"type": "relu", "branch": []})"),
             StartsWith("c.json: model.layers[0].branch: unknown key"));
  CHECK_THAT(layer_refusal(R"({"type": "residual"})"),
             StartsWith("c.json: model.layers[0].branch: missing; required is an array of at least one layer"));
  CHECK_THAT(layer_refusal(R"({"type": "residual", "branch": ["relu"], "shortcut": ["rely"]})"),
             StartsWith("c.json: model.layers[0].shortcut[0].type: unknown layer"));
}

TEST_CASE("Input and layers are both needed") {
  CHECK(refusal("/model", R"({"layers": ["relu"]})") ==
        "c.json: model.input: missing; required is [channels, height, width] or [features]");
  CHECK(refusal("/model", R"({"input": [1], "layers": []})") ==
        "c.json: model.layers: [] is not allowed; allowed: an array of at least one layer");
  CHECK(refusal("/model", R"({"input": [1, 28], "layers": ["relu"]})") ==
        "c.json: model.input: [1,28] is not allowed; allowed: [channels, height, width] or [features]");
  CHECK(refusal("/model", R"({"input": [1, 0, 28], "layers": ["relu"]})") ==
        "c.json: model.input[1]: 0 is not allowed; allowed: an integer in [1, 65536]");
  CHECK_THAT(refusal("/model", R"({"input": [1], "layer": ["relu"]})"), Contains("did you mean \"layers\"?"));
}

// SPDX-License-Identifier: MIT
#include "experiments/training/pixel_ties.hpp"

#include <catch2/catch.hpp>

#include "sim/models/model.hpp"

using namespace steq;

namespace {

constexpr SampleShape kImage{1, 28, 28};

/// The layer that the warning names; empty where there is none.
std::string warned(const std::vector<LayerSpec>& layers, const Normalization& normalization = {}) {
  const Dataset data{.image = kImage, .pixels = {}, .labels = {}, .normalization = normalization};
  const std::string text = pixel_ties({kImage, layers}, data).value_or("");
  return text.empty() ? "" : text.substr(6, text.find(" is quantized") - 6);
}

std::string warned(const std::string& model) {
  return warned(model_registry().make({model, {}}, "model", kImage, std::size_t{10}).layers);
}

LayerSpec layer(const std::string& spec) { return {parse_spec(spec, "")}; }

}  // namespace

TEST_CASE("the first layer with weights is the one that sees the pixels", "[pixel-ties]") {
  CHECK(warned("mnist-convnet") == "conv1");
  CHECK(warned("lenet5") == "conv1");
  CHECK(warned("mlp") == "fc1");
  CHECK(warned("resnet20").empty());
  const LayerSpec quantized = layer("dense:name=a,out=3,quantize=true"), plain = layer("dense:name=b,out=3");
  CHECK(warned({layer("avg_pool2d:kernel=2"), layer("relu"), layer("flatten"), quantized}) == "a");
  CHECK(warned({plain, quantized}).empty());
  CHECK(warned({layer("batch_norm2d:name=n"), quantized}).empty());
}

TEST_CASE("both ways of a residual block see the pixels", "[pixel-ties]") {
  const LayerSpec quantized = layer("conv2d:name=a,out=3,kernel=1,quantize=true"),
                  plain = layer("conv2d:name=b,out=3,kernel=1"), relu = layer("relu");
  CHECK(warned({{parse_spec("residual", ""), {quantized}, {plain}}}) == "a");
  CHECK(warned({{parse_spec("residual", ""), {plain}, {quantized}}}) == "a");
  CHECK(warned({{parse_spec("residual", ""), {plain}, {}}, quantized}).empty());
  CHECK(warned({{parse_spec("residual", ""), {relu}, {}}, quantized}) == "a");
}

TEST_CASE("normalized images have no ties", "[pixel-ties]") {
  CHECK(warned({layer("dense:name=a,out=3,quantize=true")}, {{0.1}, {0.3}}).empty());
}

// SPDX-License-Identifier: MIT
#include "experiments/training/pixel_ties.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

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

TEST_CASE("normalized images have ties where a background of one value meets padding", "[pixel-ties]") {
  const LayerSpec dense = layer("dense:name=a,out=3,quantize=true");
  const std::string conv = "conv2d:name=a,out=3,kernel=3,quantize=true";
  const Normalization normalization{{0.1}, {0.3}};
  CHECK(warned({dense}, normalization).empty());
  for (const std::size_t background : {300u, 500u}) {
    Dataset data{.image = kImage, .pixels = {}, .labels = {}, .normalization = normalization};
    for (std::size_t i = 0; i < kImage.size(); ++i)
      data.pixels.push_back(static_cast<std::uint8_t>(i < background ? 0 : 1 + i % 200));
    data.labels = {0};
    const auto warns = [&](const std::string& spec) { return pixel_ties({kImage, {layer(spec)}}, data).has_value(); };
    CHECK(warns(conv + ",padding=1") == (background == 500));
    CHECK(warns(conv + ",padding=same") == (background == 500));
    CHECK_FALSE(warns(conv));
    CHECK_FALSE(warns(conv + ",padding=valid"));
  }
}

TEST_CASE("a tie of a background at the border is decided by the order of the sum", "[pixel-ties]") {
  // Two rows of a 3x3 kernel beside the padding see one value six times; these levels add up to 0.
  const std::vector<float> levels{1.5f, -0.5f, -0.5f, 0.5f, -1.5f, 0.5f};
  std::set<int> signs;
  for (int mean = 1; mean < 100; ++mean) {
    const float background = -0.001f * static_cast<float>(mean) / 0.3081f;
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
    do {
      float sum = 0;
      for (const std::size_t i : order) sum += 0.47140452f * levels[i] * background;
      signs.insert((sum > 0) - (sum < 0));
    } while (std::ranges::next_permutation(order).found);
  }
  CHECK(signs == std::set<int>{-1, 0, 1});
}

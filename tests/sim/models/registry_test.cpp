// SPDX-License-Identifier: MIT
#include "sim/models/model.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/plugin_files.hpp"
#include "tests/sim/nn/slow_comparison.hpp"

using namespace steq;

namespace {

ModelSpec model(const std::string& spec, const Shape& image, std::size_t classes = 10) {
  return model_registry().make(parse_spec(spec, "model"), "model", image, classes);
}

std::vector<TensorInfo> tensors(const std::string& spec, const Shape& image) {
  return Network<float>(model(spec, image), 2, 1).tensors();
}

using Dims = std::vector<std::size_t>;

std::map<std::string, Dims> shapes(const std::vector<TensorInfo>& tensors) {
  std::map<std::string, Dims> shapes;
  for (const TensorInfo& tensor : tensors) shapes[tensor.name] = tensor.dims;
  return shapes;
}

std::vector<std::string> quantized(const std::vector<TensorInfo>& tensors) {
  std::vector<std::string> names;
  for (const TensorInfo& tensor : tensors)
    if (tensor.quantize) names.push_back(tensor.name);
  return names;
}

std::size_t quantized_weights(const std::vector<TensorInfo>& tensors) {
  std::size_t count = 0;
  for (const TensorInfo& tensor : tensors) count += tensor.quantize ? tensor.size() : 0;
  return count;
}

}  // namespace

TEST_CASE("every model takes 28 x 28 images and gives one logit a class", "[models]") {
  const Dataset data = test::random_dataset({1, 28, 28}, 2, 7);
  for (const std::string& name : model_registry().names()) {
    INFO(name);
    test::Harness<float> harness(model(name, data.image, 7), 2);
    CHECK(harness.network.classes() == 7);
    CHECK(std::isfinite(harness.train(data)));
    CHECK_FALSE(quantized(harness.network.tensors()).empty());
  }
}

TEST_CASE("mnist-convnet has the paper's two quantized convolutions", "[models]") {
  const std::vector<TensorInfo> all = tensors("mnist-convnet", {1, 28, 28});
  CHECK(shapes(all) == std::map<std::string, Dims>{{"conv1.weight", {32, 1, 3, 3}},
                                                   {"conv2.weight", {64, 32, 3, 3}},
                                                   {"fc1.weight", {256, 3136}},
                                                   {"fc1.bias", {256}},
                                                   {"fc2.weight", {10, 256}},
                                                   {"fc2.bias", {10}}});
  CHECK(quantized(all) == std::vector<std::string>{"conv1.weight", "conv2.weight"});
  CHECK(all[0].fan_in == 9);
  CHECK(all[1].fan_in == 288);
  CHECK(all[2].fan_in == 3136);
}

TEST_CASE("lenet5 has the shapes of 1998", "[models]") {
  const auto all = shapes(tensors("lenet5", {1, 28, 28}));
  CHECK(all.at("conv1.weight") == Dims{6, 1, 5, 5});
  CHECK(all.at("conv2.weight") == Dims{16, 6, 5, 5});
  CHECK(all.at("fc1.weight") == Dims{120, 400});
  CHECK(all.at("fc2.weight") == Dims{84, 120});
  CHECK(all.at("fc3.weight") == Dims{10, 84});
}

TEST_CASE("mlp has as many quantized layers as asked for", "[models]") {
  CHECK(quantized(tensors("mlp:depth=3,hidden=5", {1, 4, 4})) ==
        std::vector<std::string>{"fc1.weight", "fc2.weight", "fc3.weight"});
  CHECK(shapes(tensors("mlp:depth=3,hidden=5", {1, 4, 4})).at("fc1.weight") == Dims{5, 16});
  CHECK(shapes(tensors("mlp:depth=0", {1, 4, 4})) ==
        std::map<std::string, Dims>{{"fc1.weight", {10, 16}}, {"fc1.bias", {10}}});
}

TEST_CASE("resnet20 has 269,824 quantized weights on CIFAR images", "[models]") {
  const std::vector<TensorInfo> all = tensors("resnet20", {3, 32, 32});
  CHECK(quantized_weights(all) == 269824);
  CHECK_FALSE(all[0].quantize);
  CHECK(shapes(all).at("conv1.weight") == Dims{16, 3, 3, 3});
  CHECK(shapes(all).at("layer3.2.conv2.weight") == Dims{64, 64, 3, 3});
  CHECK(shapes(all).at("layer2.0.downsample.0.weight") == Dims{32, 16, 1, 1});
  CHECK(shapes(all).at("fc.weight") == Dims{10, 64});
}

TEST_CASE("images that a model cannot take are refused", "[models]") {
  CHECK_THROWS_AS(tensors("mnist-convnet", {1, 3, 3}), InputError);
  CHECK_THROWS_AS(tensors("lenet5", {1, 8, 8}), InputError);
}

TEST_CASE("whole models agree with the slow network", "[models]") {
  const std::vector<test::SmallNetwork> models{{"mnist-convnet", model("mnist-convnet", {1, 9, 9})},
                                               {"lenet5", model("lenet5", {1, 17, 16})},
                                               {"mlp", model("mlp:hidden=20", {2, 5, 5})},
                                               {"resnet20 with norms", model("resnet20", {3, 7, 7})}};
  for (const test::SmallNetwork& network : models) {
    test::check_slow<double>(network, 10, 5, 1e-12);
    test::check_slow<float>(network, 10, 5, test::float_tolerance(network));
  }
}

TEST_CASE("every model's file is in the registry, and documents itself", "[models]") {
  CHECK(test::plugin_files("sim/models", "ModelRegistry") == test::sorted(model_registry().names()));
  for (const auto& entry : model_registry().entries()) CHECK_FALSE(entry.info.summary.empty());
}

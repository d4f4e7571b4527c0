// SPDX-License-Identifier: MIT
#include "sim/models/resnet.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/plugin_files.hpp"
#include "tests/sim/nn/slow_comparison.hpp"

using namespace steq;

namespace {

ModelSpec model(const std::string& spec, const SampleShape& image, std::size_t classes = 10) {
  return model_registry().make(parse_spec(spec, "model"), "model", image, classes);
}

std::vector<TensorInfo> tensors(const std::string& spec, const SampleShape& image, std::size_t classes = 10) {
  return Network<float>(model(spec, image, classes), 2, 1).tensors();
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

template <class Wanted>
std::size_t count_weights(const std::vector<TensorInfo>& tensors, const Wanted& wanted) {
  std::size_t count = 0;
  for (const TensorInfo& tensor : tensors) count += wanted(tensor) ? tensor.size() : 0;
  return count;
}

std::size_t weights(const std::vector<TensorInfo>& tensors) {
  return count_weights(tensors, [](const TensorInfo&) { return true; });
}

std::size_t quantized_weights(const std::vector<TensorInfo>& tensors) {
  return count_weights(tensors, [](const TensorInfo& tensor) { return tensor.quantize; });
}

/// The dense layer's bias does not count.
std::size_t weights_of_norms(const std::vector<TensorInfo>& tensors) {
  return count_weights(tensors, [](const TensorInfo& t) { return t.dims.size() == 1 && t.name != "fc.bias"; });
}

/// What follows `prefix` in the names that begin with it, in order.
std::vector<std::string> names_of(const std::string& prefix, const std::vector<TensorInfo>& tensors) {
  std::vector<std::string> names;
  for (const TensorInfo& tensor : tensors)
    if (tensor.name.starts_with(prefix)) names.push_back(tensor.name.substr(prefix.size()));
  return names;
}

ModelSpec bottlenecks() {
  ModelSpec model{{4, 9, 7}, models::stages(models::kBottleneck, 4, {2, 1})};
  model.layers.push_back(models::global_avg_pool());
  model.layers.push_back(models::dense("fc", 10));
  return model;
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

TEST_CASE("the large residual networks have torchvision's tensors", "[models]") {
  const std::vector<TensorInfo> small = tensors("resnet18", {3, 32, 32}, 1000),
                                large = tensors("resnet50", {3, 32, 32}, 1000);
  CHECK(weights(small) == 11689512);
  CHECK(weights(large) == 25557032);
  CHECK(quantized_weights(small) == 11689512 - 3 * 64 * 49 - weights_of_norms(small) - 513 * 1000);
  CHECK(quantized_weights(large) == 25557032 - 3 * 64 * 49 - weights_of_norms(large) - 2049 * 1000);
  CHECK(names_of("layer2.0.", small) ==
        std::vector<std::string>{"conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias",
                                 "downsample.0.weight", "downsample.1.weight", "downsample.1.bias"});
  CHECK(names_of("layer1.0.", small).size() == 6);
  CHECK(names_of("layer1.0.", large) ==
        std::vector<std::string>{"conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias",
                                 "conv3.weight", "bn3.weight", "bn3.bias", "downsample.0.weight", "downsample.1.weight",
                                 "downsample.1.bias"});
  CHECK(names_of("layer3.5.", large).size() == 9);
  CHECK(names_of("", small).size() == 62);
  CHECK(names_of("", large).size() == 161);
  CHECK(shapes(small).at("layer4.0.downsample.0.weight") == Dims{512, 256, 1, 1});
  CHECK(shapes(large).at("conv1.weight") == Dims{64, 3, 7, 7});
  CHECK(shapes(large).at("layer4.2.conv3.weight") == Dims{2048, 512, 1, 1});
  CHECK(shapes(large).at("layer4.2.conv2.weight") == Dims{512, 512, 3, 3});
  CHECK(shapes(large).at("fc.weight") == Dims{1000, 2048});
}

TEST_CASE("the large residual networks shrink images by 32, a bottleneck in its 3x3 convolution", "[models]") {
  for (const std::string name : {"resnet18", "resnet50"}) {
    const Graph<float> graph = GraphBuilder<float>::build(model(name, {3, 224, 224}));
    const SampleShape& last = graph.buffers[graph.nodes[graph.nodes.size() - 2].input];
    CHECK(last == SampleShape{name == "resnet18" ? std::size_t{512} : 2048, 7, 7});
    CHECK(graph.buffers[1] == SampleShape{64, 112, 112});
  }
  const std::vector<LayerSpec> block = model("resnet50", {3, 224, 224}).layers[10].branch;
  CHECK(block[0].type.values.at("stride") == Value(std::int64_t{1}));
  CHECK(block[3].type.values.at("stride") == Value(std::int64_t{2}));
}

TEST_CASE("images that a model cannot take are refused", "[models]") {
  CHECK_THROWS_AS(tensors("mnist-convnet", {1, 3, 3}), InputError);
  CHECK_THROWS_AS(tensors("lenet5", {1, 8, 8}), InputError);
}

TEST_CASE("whole models agree with the slow network", "[models]") {
  const std::vector<test::SmallNetwork> models{{"mnist-convnet", model("mnist-convnet", {1, 9, 9})},
                                               {"lenet5", model("lenet5", {1, 17, 16})},
                                               {"mlp", model("mlp:hidden=20", {2, 5, 5})},
                                               {"resnet20 with norms", model("resnet20", {3, 7, 7})},
                                               {"resnet18 with norms", model("resnet18", {3, 17, 13})},
                                               {"bottlenecks with norms", bottlenecks()}};
  for (const test::SmallNetwork& network : models) {
    test::check_slow<double>(network, 10, 5, 1e-12);
    test::check_slow<float>(network, 10, 5, test::float_tolerance(network));
  }
}

TEST_CASE("every model's file is in the registry, and documents itself", "[models]") {
  CHECK(test::plugin_files("sim/models", "ModelRegistry") == test::sorted(model_registry().names()));
  for (const auto& entry : model_registry().entries()) CHECK_FALSE(entry.info.summary.empty());
}

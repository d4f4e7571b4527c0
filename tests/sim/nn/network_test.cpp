// SPDX-License-Identifier: MIT
// Gradients of every layer against central differences, and against the slow network.
#include <catch2/catch.hpp>
#include <set>

#include "tests/sim/nn/slow_comparison.hpp"

using namespace steq;
using test::Harness;
using test::SmallNetwork;

namespace {

/// Every weight, or two hundred spread over the tensor.
std::vector<std::size_t> probed(std::size_t weights) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < weights; i += weights / 200 + 1) indices.push_back(i);
  return indices;
}

/// d(mean loss)/dw of those of one tensor.
std::vector<double> numeric_gradient(Harness<double>& harness, std::size_t tensor, const Dataset& data) {
  constexpr double step = 1e-6;
  std::vector<double> gradient;
  for (const std::size_t i : probed(harness.weights[tensor].size())) {
    double& w = harness.weights[tensor][i];
    const double before = w;
    w = before + step;
    const double above = harness.train(data);
    w = before - step;
    gradient.push_back((above - harness.train(data)) / (2 * step));
    w = before;
  }
  return gradient;
}

void check_central_differences(const SmallNetwork& network, std::size_t batch) {
  Harness<double> harness(network.model, batch);
  const Dataset data = test::random_dataset(network.model.input, batch, test::kClasses, batch);
  std::vector<std::vector<double>> gradients;
  harness.train(data);
  for (std::size_t t = 0; t < harness.weights.size(); ++t) gradients.push_back(harness.gradient(t));
  double scale = 0;
  for (const auto& gradient : gradients) scale = std::max(scale, test::largest(gradient));
  for (std::size_t t = 0; t < harness.weights.size(); ++t) {
    INFO(network.name << ", batch " << batch << ", " << harness.network.tensors()[t].name);
    std::vector<double> analytic;
    for (const std::size_t i : probed(gradients[t].size())) analytic.push_back(gradients[t][i]);
    CHECK(test::difference(analytic, numeric_gradient(harness, t, data), scale) < 1e-6);
  }
}

}  // namespace

TEST_CASE("every layer stands in one of the small networks", "[nn]") {
  std::set<std::string> seen;
  for (const SmallNetwork& network : test::small_networks())
    for (const LayerSpec& layer : network.model.layers) seen.insert(layer.type.name);
  for (const std::string& name : layer_registry().names()) CHECK(seen.contains(name));
}

TEST_CASE("gradients agree with central differences", "[nn]") {
  for (const SmallNetwork& network : test::small_networks()) check_central_differences(network, 3);
}

TEST_CASE("gradients agree with central differences where lanes and micro-batches are uneven", "[nn]") {
  for (const std::size_t batch : {1, 5, 8, 40, 150}) {
    check_central_differences(test::norms()[0], batch);
    check_central_differences(test::norms()[3], batch);
    check_central_differences(test::residuals()[2], batch);
  }
}

TEST_CASE("double agrees with the slow network", "[nn]") {
  for (const SmallNetwork& network : test::small_networks())
    for (const std::size_t batch : {1, 5, 150}) test::check_slow<double>(network, test::kClasses, batch, 1e-12);
}

TEST_CASE("float agrees with the slow network", "[nn]") {
  for (const SmallNetwork& network : test::small_networks())
    for (const std::size_t batch : {3, 8, 40})
      test::check_slow<float>(network, test::kClasses, batch, test::float_tolerance(network));
}

TEST_CASE("a residual may begin another's branch", "[nn]") {
  check_central_differences(test::nested_residual(), 3);
  test::check_slow<double>(test::nested_residual(), test::kClasses, 5, 1e-12);
}

TEST_CASE("strips may differ between layers, and between training and evaluation", "[nn]") {
  // Two samples of 64 x 64 pixels and 16 channels, four of the later layers; two everywhere in evaluation.
  const auto conv = [](const std::string& name, int out, int stride) {
    return fmt::format("conv2d:name={},out={},kernel=3,stride={},padding=1", name, out, stride);
  };
  ModelSpec model{{1, 64, 64},
                  test::layers({conv("a", 16, 1), "batch_norm2d:name=na", "relu", conv("b", 8, 1),
                                "batch_norm2d:name=nb", "relu", conv("c", 32, 2), "relu"})};
  model.layers.push_back(test::residual(
      test::layers({conv("d", 4, 1), "batch_norm2d:name=nd", "relu", conv("e", 32, 1), "batch_norm2d:name=ne"})));
  for (const LayerSpec& layer : test::layers({"relu", conv("f", 4, 2), "global_avg_pool2d", "dense:name=g,out=3"}))
    model.layers.push_back(layer);
  const SmallNetwork network{"large images with norms", model};
  for (const std::size_t batch : {3, 29}) {
    test::check_slow<double>(network, test::kClasses, batch, 1e-11);
    test::check_slow<float>(network, test::kClasses, batch, test::float_tolerance(network));
  }
}

TEST_CASE("of equal values in a window the first receives the gradient", "[nn]") {
  const ModelSpec model = test::between("max_pool2d");
  Harness<double> harness(model, 2);
  std::fill_n(harness.weights[0].data(), harness.weights[0].size(), 0.0);  // lead gives its bias everywhere
  slow::Network twin = test::slow_twin(model, harness);
  const Dataset data = test::random_dataset(model.input, 2, test::kClasses);
  const auto samples = test::first_samples(2);
  harness.train(data);
  twin.train(test::images(data, samples), test::labels(data, samples));
  CHECK(test::largest(harness.gradient(0)) > 0.01);
  CHECK(test::difference(harness.gradient(0), twin.state.gradients.at("lead.weight")) < 1e-12);
}

TEST_CASE("evaluation takes any number of samples and uses the running statistics", "[nn]") {
  const ModelSpec model = test::norms()[2].model;
  Harness<double> harness(model, 4);
  const Dataset data = test::random_dataset(model.input, 101, test::kClasses);
  slow::Network twin = test::slow_twin(model, harness);
  const auto samples = test::first_samples(4);
  for (int i = 0; i < 3; ++i) {
    harness.train(data);
    twin.train(test::images(data, samples), test::labels(data, samples));
  }
  CHECK(test::difference(harness.evaluate(data), twin.evaluate(test::images(data, test::first_samples(101)))) < 1e-12);
}

TEST_CASE("a network refuses images of another shape", "[nn]") {
  Harness<double> harness(test::pools()[0].model, 2);
  CHECK_THROWS_AS(harness.train(test::random_dataset({2, 7, 5}, 2, 3)), DomainError);
  CHECK_THROWS_AS(harness.evaluate(test::random_dataset({1, 5, 7}, 2, 3)), DomainError);
}

// SPDX-License-Identifier: MIT
// Gradients of every layer against central differences, and against the slow network.
#include <catch2/catch.hpp>
#include <set>

#include "tests/sim/nn/small_networks.hpp"

using namespace steq;
using test::Harness;
using test::SmallNetwork;

namespace {

/// d(mean loss)/dw of every weight of one tensor.
std::vector<double> numeric_gradient(Harness<double>& harness, std::size_t tensor, const Dataset& data) {
  constexpr double step = 1e-6;
  std::vector<double> gradient;
  for (double& w : harness.weights[tensor].span()) {
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
    CHECK(test::difference(gradients[t], numeric_gradient(harness, t, data), scale) < 1e-6);
  }
}

/// Loss, gradients, then logits by the statistics that training left.
template <class T>
void check_slow(const SmallNetwork& network, std::size_t batch, double tolerance) {
  Harness<T> harness(network.model, batch);
  slow::Network twin = test::slow_twin(network.model, harness);
  const Dataset data = test::random_dataset(network.model.input, batch, test::kClasses, batch);
  const auto samples = test::first_samples(batch);
  const slow::Images x = test::images(data, samples);
  INFO(network.name << ", batch " << batch);
  const double loss = harness.train(data);
  CHECK(loss == Approx(twin.train(x, test::labels(data, samples))).epsilon(tolerance));
  double scale = 0;
  for (const auto& [name, gradient] : twin.state.gradients) scale = std::max(scale, test::largest(gradient));
  for (std::size_t t = 0; t < harness.weights.size(); ++t) {
    const std::string& name = harness.network.tensors()[t].name;
    INFO(name);
    CHECK(test::difference(harness.gradient(t), twin.state.gradients.at(name), scale) < tolerance);
  }
  CHECK(test::difference(harness.evaluate(data), twin.evaluate(x)) < tolerance);
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

TEST_CASE("gradients agree with central differences where lanes and tiles are uneven", "[nn]") {
  for (const std::size_t batch : {1, 5, 8, 40, 150}) {
    check_central_differences(test::norms()[0], batch);
    check_central_differences(test::norms()[3], batch);
    check_central_differences(test::residuals()[2], batch);
  }
}

TEST_CASE("double agrees with the slow network", "[nn]") {
  for (const SmallNetwork& network : test::small_networks())
    for (const std::size_t batch : {1, 5, 150}) check_slow<double>(network, batch, 1e-12);
}

TEST_CASE("float agrees with the slow network", "[nn]") {
  for (const SmallNetwork& network : test::small_networks()) {
    const bool norm = network.name.find("norm") != std::string::npos;  // cancels: sums of gradients that should be 0
    for (const std::size_t batch : {3, 8, 40}) check_slow<float>(network, batch, norm ? 1e-4 : 1e-5);
  }
}

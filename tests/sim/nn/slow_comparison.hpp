// SPDX-License-Identifier: MIT
// One batch through the engine and through the slow network.
#pragma once

#include <catch2/catch.hpp>

#include "tests/sim/nn/small_networks.hpp"

namespace steq::test {

/// Where there are norms, gradients cancel: a bias before one has gradient 0 in theory.
inline double float_tolerance(const SmallNetwork& network) {
  return network.name.find("norm") != std::string::npos ? 1e-4 : 1e-5;
}

/// Loss, gradients (as a share of the largest), then logits by the statistics that training left.
template <class T>
void check_slow(const SmallNetwork& network, std::size_t classes, std::size_t batch, double tolerance) {
  Harness<T> harness(network.model, batch);
  slow::Network twin = slow_twin(network.model, harness);
  const Dataset data = random_dataset(network.model.input, batch, classes, batch);
  const auto samples = first_samples(batch);
  const slow::Images x = images(data, samples);
  INFO(network.name << ", batch " << batch);
  const double loss = harness.train(data);
  CHECK(loss == Approx(twin.train(x, labels(data, samples))).epsilon(tolerance));
  double scale = 0;
  for (const auto& [name, gradient] : twin.state.gradients) scale = std::max(scale, largest(gradient));
  for (std::size_t t = 0; t < harness.weights.size(); ++t) {
    const std::string& name = harness.network.tensors()[t].name;
    INFO(name);
    CHECK(difference(harness.gradient(t), twin.state.gradients.at(name), scale) < tolerance);
  }
  CHECK(difference(harness.evaluate(data), twin.evaluate(x)) < tolerance);
}

}  // namespace steq::test

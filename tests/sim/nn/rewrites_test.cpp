// SPDX-License-Identifier: MIT
#include "sim/nn/rewrites.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "sim/nn/kernels/vector16.hpp"
#include "tests/sim/nn/random_networks.hpp"
#include "tests/sim/nn/small_networks.hpp"

using namespace steq;
using test::Harness;

namespace {

template <class T>
Graph<T> plain(const ModelSpec& model) {
  return GraphBuilder<T>::build(model);
}

template <class T>
std::size_t layers_left(const std::vector<LayerSpec>& layers) {
  return rewrite(plain<T>({{1, 6, 4}, layers})).nodes.size();
}

std::vector<LayerSpec> ending(std::vector<LayerSpec> layers) {
  for (const LayerSpec& layer : test::layers({"flatten", "dense:name=last,out=3"})) layers.push_back(layer);
  return layers;
}

/// All that two training passes and an evaluation say.
template <class T>
std::vector<double> outcome(const ModelSpec& model, std::size_t batch, Fusions fusions) {
  Harness<T> harness(model, batch, 1, fusions);
  const Dataset data = test::random_dataset(model.input, batch, test::kClasses, batch);
  harness.train(data);
  std::vector<double> all{harness.train(data)};
  for (std::size_t t = 0; t < harness.weights.size(); ++t)
    for (const double g : harness.gradient(t)) all.push_back(g);
  for (const double logit : harness.evaluate(data)) all.push_back(logit);
  return all;
}

void check_same(const std::string& name, const ModelSpec& model, std::size_t batch) {
  INFO(name);
  CHECK((outcome<double>(model, batch, Fusions::all) == outcome<double>(model, batch, Fusions::none)));
  const auto fused = outcome<float>(model, batch, Fusions::all), apart = outcome<float>(model, batch, Fusions::none);
  if (kAvx512BuiltIn)  // its kernels add in another order
    CHECK(test::difference(fused, apart) < 1e-3);
  else
    CHECK((fused == apart));
}

}  // namespace

TEST_CASE("every fusion applies somewhere, where its kernels are built in", "[nn]") {
  const auto applies = [](const Rewrite<float>& rewrite, const Graph<float>& graph) {
    const std::span<const Node<float>> nodes(graph.nodes);
    for (std::size_t k = 0; k + rewrite.length <= nodes.size(); ++k)
      if (rewrite.fused(nodes.subspan(k, rewrite.length))) return true;
    return false;
  };
  for (const Rewrite<float>& rewrite : rewrites<float>()) {
    INFO(rewrite.name);
    bool found = false;
    for (const test::SmallNetwork& network : test::small_networks())
      found = found || applies(rewrite, plain<float>(network.model));
    CHECK((found || !kAvx512BuiltIn));
  }
}

TEST_CASE("fusions leave a network's tensors and shapes as they were", "[nn]") {
  const ModelSpec model{
      {1, 6, 4},
      test::layers({"conv2d:name=a,out=16,kernel=3,padding=1", "relu", "avg_pool2d", "flatten", "dense:name=b,out=3"})};
  const Graph<float> apart = plain<float>(model), together = rewrite(plain<float>(model));
  CHECK(apart.nodes.size() == 5);
  CHECK(together.nodes.size() == (kAvx512BuiltIn ? 3 : 4));
  CHECK(rewrite(plain<double>(model)).nodes.size() == 4);
  REQUIRE(together.tensors.size() == apart.tensors.size());
  for (std::size_t t = 0; t < apart.tensors.size(); ++t) {
    CHECK(together.tensors[t].name == apart.tensors[t].name);
    CHECK(together.tensors[t].dims == apart.tensors[t].dims);
  }
  CHECK(together.buffers[together.output] == apart.buffers[apart.output]);
  CHECK(together.nodes.back().first_tensor == 2);
  std::set<std::size_t> met{0};
  for (const Node<float>& node : together.nodes) met.insert({node.input, node.output});
  CHECK(met.size() == together.buffers.size());
  CHECK(*met.rbegin() == together.buffers.size() - 1);
}

TEST_CASE("what another layer reads is not fused away", "[nn]") {
  const auto pooled = test::layers({"avg_pool2d"});
  const auto conv = test::layers({"conv2d:name=a,out=16,kernel=3,padding=1", "relu"});
  const auto behind = [&](std::vector<LayerSpec> branch, std::vector<LayerSpec> shortcut) {
    std::vector<LayerSpec> layers = conv;
    layers.push_back(test::residual(std::move(branch), std::move(shortcut)));
    return layers_left<float>(ending(layers));
  };
  CHECK(behind(pooled, pooled) == 7);  // both paths read the relu's output
  CHECK(behind(pooled, test::layers({"max_pool2d"})) == 7);
  std::vector<LayerSpec> twice = conv;
  for (const LayerSpec& layer : test::layers({"relu", "avg_pool2d"})) twice.push_back(layer);
  CHECK(layers_left<float>(ending(twice)) == 5);  // the second relu goes, the first stays
}

TEST_CASE("networks with and without fusions say the same: in double bit by bit", "[nn]") {
  for (const test::SmallNetwork& network : test::small_networks()) check_same(network.name, network.model, 5);
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    const test::RandomNetwork network(seed);
    check_same(fmt::format("random network {}", seed), network.model, network.batch);
  }
}

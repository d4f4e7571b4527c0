// SPDX-License-Identifier: MIT
#include "sim/nn/graph_builder.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/nn/network_harness.hpp"

using namespace steq;
using Catch::Contains;

namespace {

/// What the builder says of layers on 2 x 5 x 7 images; nothing where it takes them.
std::string refusal_of_layers(const std::vector<LayerSpec>& layers) {
  try {
    GraphBuilder<float>::build({{2, 5, 7}, layers});
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

std::string refusal_of(const std::vector<std::string>& specs) { return refusal_of_layers(test::layers(specs)); }

}  // namespace

TEST_CASE("a layer that is unknown or does not fit is refused by its place", "[nn]") {
  CHECK_THAT(refusal_of({"relu", "conv"}), Contains("model.layers[1]") && Contains("conv2d"));
  CHECK_THAT(refusal_of({"dense:name=d,out=3"}), Contains("model.layers[0]") && Contains("flatten"));
  CHECK_THAT(refusal_of({"conv2d:name=c,out=3,kernel=6"}), Contains("model.layers[0].kernel") && Contains("5 x 7"));
  CHECK_THAT(refusal_of({"max_pool2d:kernel=6"}), Contains("model.layers[0].kernel") && Contains("5 x 7"));
  CHECK_THAT(refusal_of({"max_pool2d:kernel=9,padding=1"}), Contains("model.layers[0].kernel") && Contains("7 x 9"));
  CHECK_THAT(refusal_of({"max_pool2d:kernel=3,padding=2"}), Contains("model.layers[0].padding") && Contains("[0, 1]"));
  CHECK_THAT(refusal_of({"conv2d:name=c,out=3,kernel=2,padding=some"}), Contains("padding") && Contains("same"));
  CHECK_THAT(refusal_of({"conv2d:name=c,out=0,kernel=2"}), Contains("out"));
  CHECK_THAT(refusal_of({"conv2d:name=c,out=1,kernel=2,strides=2"}), Contains("stride"));
  CHECK_THAT(refusal_of({"flatten", "dense:out=3"}), Contains("name"));
}

TEST_CASE("a network without weights or with more than one value a class is refused", "[nn]") {
  CHECK_THAT(refusal_of({"global_avg_pool2d"}), Contains("weights"));
  CHECK_THAT(refusal_of({"conv2d:name=c,out=3,kernel=1"}), Contains("one value a class"));
}

TEST_CASE("two tensors of one name are refused", "[nn]") {
  CHECK_THAT(refusal_of({"flatten", "dense:name=a,out=3", "dense:name=a,out=3"}), Contains("a.weight"));
}

TEST_CASE("tensors and outputs that no memory holds are refused, however large their product", "[nn]") {
  const std::string huge = "conv2d:name=a,out=1048576,kernel=1,padding=1024";
  CHECK_THAT(refusal_of({huge}), Contains("model.layers[0]") && Contains("its output has 1048576 x "));
  CHECK_THAT(refusal_of({"conv2d:name=a,out=1048576,kernel=1", "global_avg_pool2d", "dense:name=b,out=1048576"}),
             Contains("tensor b.weight has 1048576 x 1048576 = ") && Contains("allowed: at most 2147483648"));
}

TEST_CASE("the paths of a residual must meet", "[nn]") {
  const auto conv = test::layers({"conv2d:name=c,out=3,kernel=1"});
  CHECK_THAT(refusal_of_layers({test::residual(conv)}), Contains("3 x 5 x 7") && Contains("2 x 5 x 7"));
  CHECK_THAT(refusal_of_layers({test::residual({}, conv)}), Contains("model.layers[0].branch"));
  CHECK_THAT(refusal_of_layers({test::residual(test::layers({"relu", "conv2d:name=c,out=2,kernel=9"}))}),
             Contains("layers[0].branch[1].kernel"));
}

TEST_CASE("shapes follow the geometry", "[nn]") {
  const auto shape = [](const std::string& layer) {
    const Graph<float> graph =
        GraphBuilder<float>::build({{2, 5, 7}, test::layers({layer, "flatten", "dense:name=d,out=1"})});
    return graph.buffers[graph.nodes[0].output];
  };
  CHECK(shape("conv2d:name=c,out=4,kernel=3,stride=2,padding=same") == SampleShape{4, 3, 4});
  CHECK(shape("conv2d:name=c,out=4,kernel=2,padding=same") == SampleShape{4, 5, 7});
  CHECK(shape("conv2d:name=c,out=4,kernel=2,padding=valid") == SampleShape{4, 4, 6});
  CHECK(shape("conv2d:name=c,out=4,kernel=3,stride=3,padding=1") == SampleShape{4, 2, 3});
  CHECK(shape("avg_pool2d") == SampleShape{2, 2, 3});
  CHECK(shape("max_pool2d:kernel=3,stride=1") == SampleShape{2, 3, 5});
  CHECK(shape("max_pool2d:kernel=3,stride=2,padding=1") == SampleShape{2, 3, 4});
}

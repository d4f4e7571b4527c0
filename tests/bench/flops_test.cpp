// SPDX-License-Identifier: MIT
#include "tests/bench/flops.hpp"

#include <catch2/catch.hpp>

#include "tests/bench/workload.hpp"
#include "tests/sim/nn/network_harness.hpp"

using namespace steq;

namespace {

double megaflops(const std::string& model, std::size_t width = 1) {
  return bench::training_flops(bench::model_for(model, width)) / 1e6;
}

}  // namespace

TEST_CASE("a training step's operations, by hand", "[bench]") {
  const auto flops = [](const std::vector<std::string>& layers) {
    return bench::training_flops({{2, 5, 7}, test::layers(layers)});
  };
  const double dense = 2.0 * 3 * 70;
  CHECK(flops({"flatten", "dense:name=d,out=3"}) == 2 * dense);
  CHECK(flops({"batch_norm2d:name=n", "flatten", "dense:name=d,out=3"}) == 3 * dense);
  const double conv = 2.0 * (4 * 2 * 3 * 3) * (3 * 4), after = 2.0 * 6 * 4 * 3 * 4;
  CHECK(flops({"conv2d:name=c,out=4,kernel=3,stride=2,padding=1", "relu", "flatten", "dense:name=d,out=6"}) ==
        2 * conv + 3 * after);
}

TEST_CASE("a shortcut's convolution counts", "[bench]") {
  const auto branch = test::layers({"conv2d:name=a,out=3,kernel=1"}),
             shortcut = test::layers({"conv2d:name=b,out=3,kernel=1"});
  ModelSpec model{{2, 4, 4}, {test::residual(branch, shortcut)}};
  for (const LayerSpec& layer : test::layers({"global_avg_pool2d", "dense:name=d,out=5"}))
    model.layers.push_back(layer);
  CHECK(bench::training_flops(model) == 2 * 2 * (2.0 * 6 * 16) + 3 * (2.0 * 15));
}

TEST_CASE("operations of the benchmark's models on one image", "[bench]") {
  CHECK(megaflops("mnist-convnet") == Approx(27.41).margin(0.005));
  CHECK(megaflops("resnet20") == Approx(244.0).margin(0.05));
  CHECK(megaflops("resnet18") == Approx(10648).margin(0.5));
  CHECK(megaflops("resnet50") == Approx(24299).margin(0.5));
}

TEST_CASE("the width multiplies channels and features but not the classes", "[bench]") {
  const double conv1 = 0.903168, conv2 = 21.676032, fc1 = 4.816896, fc2 = 0.01536;
  CHECK(megaflops("mnist-convnet") == Approx(conv1 + conv2 + fc1 + fc2).epsilon(1e-12));
  CHECK(megaflops("mnist-convnet", 3) == Approx(3 * conv1 + 9 * (conv2 + fc1) + 3 * fc2).epsilon(1e-12));
}

TEST_CASE("learners begin alike and differ in their estimator", "[bench]") {
  const auto learners = bench::learners_of(bench::model_for("mnist-convnet"), {.bits = 3, .learners = 3});
  REQUIRE(learners.size() == 3);
  CHECK(learners[0].initial == learners[1].initial);
  CHECK(to_text(learners[1].estimator) == "ste");
  CHECK(to_text(learners[2].estimator) == "dsq");
  CHECK(to_text(learners[0].quantizer) == "uniform:bits=3");
}

// SPDX-License-Identifier: MIT
#include "sim/training/initial_weights.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/nn/network_harness.hpp"

using namespace steq;

namespace {

TensorInfo weights(std::size_t size, std::size_t fan_in) {
  return {"w", {size}, fan_in, Initialization::he_uniform, true};
}

double moment(const std::vector<double>& values, int power) {
  double sum = 0;
  for (const double value : values) sum += std::pow(value, power);
  return sum / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("He-uniform weights fill [-W, W), W = sqrt(6 / fan_in), evenly", "[training]") {
  for (const std::size_t fan_in : {6, 9, 288}) {
    const double bound = std::sqrt(6.0 / static_cast<double>(fan_in));
    const std::vector<double> w = draw_initial_weights({weights(100000, fan_in)}, 3)[0];
    const auto [least, most] = std::minmax_element(w.begin(), w.end());
    CHECK(*least >= -bound);
    CHECK(*most < bound);
    CHECK(*least < -0.999 * bound);
    CHECK(*most > 0.999 * bound);
    // Mean and variance within four standard deviations of theirs: bound / sqrt(3 n) and bound^2 sqrt(4 / (45 n)).
    CHECK(std::abs(moment(w, 1)) < 4 * bound / std::sqrt(3e5));
    CHECK(std::abs(moment(w, 2) - bound * bound / 3) < 4 * bound * bound * std::sqrt(4 / 45e5));
    CHECK(moment(w, 4) == Approx(std::pow(bound, 4) / 5).epsilon(0.02));
  }
}

TEST_CASE("biases begin at 0, norms at 1", "[training]") {
  const TensorValues values = draw_initial_weights(
      {{"bias", {3}, 9, Initialization::zeros, false}, {"norm", {2}, 2, Initialization::ones, false}}, 1);
  CHECK(values == TensorValues{{0, 0, 0}, {1, 1}});
}

TEST_CASE("weights are a function of seed and place", "[training]") {
  const std::vector<TensorInfo> tensors{weights(50, 6), weights(50, 6)};
  const TensorValues values = draw_initial_weights(tensors, 1);
  CHECK(values == draw_initial_weights(tensors, 1));
  CHECK(values[0] != values[1]);
  CHECK(values != draw_initial_weights(tensors, 2));
  CHECK(values[0] == draw_initial_weights({weights(50, 6)}, 1)[0]);
  const std::vector<double> longer = draw_initial_weights({weights(90, 6)}, 1)[0];
  CHECK(std::equal(values[0].begin(), values[0].end(), longer.begin()));
}

TEST_CASE("class blocks need inputs that outputs divide", "[training]") {
  const auto make = [](const std::string& out) {
    return GraphBuilder<double>::build(
        {{1, 1, 6}, test::layers({"flatten", "dense:name=v,initial=class-blocks,out=" + out})});
  };
  CHECK(draw_initial_weights(make("3").tensors, 1)[0] ==
        std::vector<double>{.5, .5, 0, 0, 0, 0, 0, 0, .5, .5, 0, 0, 0, 0, 0, 0, .5, .5});
  CHECK_THROWS_WITH(make("4"), Catch::Contains("initial: \"class-blocks\" is not allowed with 6 inputs and out 4"));
}

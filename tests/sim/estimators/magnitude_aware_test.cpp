// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("magnitude-aware multiplies by 2 mean|w| / W inside the range", "[magnitude-aware]") {
  const auto estimator = test::estimator("magnitude-aware", "uniform:bits=2,range=0.5");
  const std::vector<float> w{0.1F, -0.4F, 0.6F};
  std::vector<float> gradient{1, -2, 3};
  std::vector<double> magnitude(1);
  estimator->fit(std::span<const float>(std::vector<float>{0.1F, -0.05F, 0.15F}), magnitude);
  CHECK(magnitude[0] == Approx(0.1));
  estimator->backward(std::span<const float>(w), std::span<float>(gradient), {.estimator = magnitude});
  CHECK(gradient[0] == Approx(0.4F));
  CHECK(gradient[1] == Approx(-0.8F));
  CHECK(gradient[2] == 0);
  CHECK(estimator->derivative(0.1) == 1);
  CHECK(estimator->traits().layer_wide);
}

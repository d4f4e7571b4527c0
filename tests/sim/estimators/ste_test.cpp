// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("ste leaves gradients inside the range as they are, bit for bit", "[ste]") {
  const auto estimator = test::estimator("ste", "uniform:bits=2,range=1");
  const std::vector<float> w{-1, -0.3f, 0, 0.7f, 1, 1.0000001f, -3};
  const std::vector<float> given{1e-30f, 3, -0.1f, 7e20f, 2, 5, 6};
  std::vector<float> gradient = given;
  estimator->backward(std::span<const float>(w), std::span<float>(gradient), BlockPlace{});
  for (std::size_t i = 0; i < 5; ++i) CHECK(gradient[i] == given[i]);
  CHECK((gradient[5] == 0 && gradient[6] == 0));
}

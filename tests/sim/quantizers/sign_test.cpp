// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <limits>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("sign has two levels, and 0 belongs to the upper one", "[sign]") {
  const auto quantizer = test::quantizer("sign:range=0.5");
  constexpr float kInf = std::numeric_limits<float>::infinity();
  const std::vector<float> w{-3, -1e-30f, -0.0f, 0, 1e-30f, 3, -kInf, kInf};
  std::vector<Level> levels(w.size());
  std::vector<float> values(w.size());
  quantizer->quantize(std::span<const float>(w), std::span<Level>(levels), std::span<float>(values), BlockPlace{});
  CHECK(levels == std::vector<Level>{0, 0, 1, 1, 1, 1, 0, 1});
  CHECK(values == std::vector<float>{-0.5f, -0.5f, 0.5f, 0.5f, 0.5f, 0.5f, -0.5f, 0.5f});
}

TEST_CASE("sign's grid is that of one bit", "[sign]") {
  const Grid sign = test::quantizer("sign", 24)->grid(), one_bit = test::quantizer("uniform:bits=1", 24)->grid();
  CHECK(sign.range == one_bit.range);
  CHECK(sign.delta == one_bit.delta);
  CHECK(sign.levels == one_bit.levels);
  CHECK(sign.thresholds == one_bit.thresholds);
}

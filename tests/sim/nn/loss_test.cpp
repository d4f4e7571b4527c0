// SPDX-License-Identifier: MIT
#include "sim/nn/loss.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace steq;

TEST_CASE("the cross-entropy of known logits", "[nn]") {
  const std::vector<double> logits{std::log(1.0), std::log(2.0), std::log(5.0)};
  std::vector<double> gradient(3);
  const SampleLoss loss = cross_entropy<double>(logits, 1, gradient, 0.5);
  CHECK(loss.loss == Approx(std::log(4.0)).epsilon(1e-15));
  CHECK_FALSE(loss.correct);
  CHECK(gradient[0] == Approx(0.5 * 0.125).epsilon(1e-15));
  CHECK(gradient[1] == Approx(0.5 * -0.75).epsilon(1e-15));
  CHECK(gradient[2] == Approx(0.5 * 0.625).epsilon(1e-15));
  CHECK(cross_entropy<double>(logits, 2, {}, 0).correct);
}

TEST_CASE("of equal logits the first is the answer", "[nn]") {
  const std::vector<float> logits{1, 3, 3};
  CHECK(cross_entropy<float>(logits, 1, {}, 0).correct);
  CHECK_FALSE(cross_entropy<float>(logits, 2, {}, 0).correct);
}

TEST_CASE("large logits do not overflow, and a NaN is not hidden", "[nn]") {
  const std::vector<float> large{1e30f, -1e30f, 0};
  std::vector<float> gradient(3);
  CHECK(cross_entropy<float>(large, 0, gradient, 1).loss == 0);
  CHECK(cross_entropy<float>(large, 2, gradient, 1).loss == Approx(1e30));
  CHECK(gradient == std::vector<float>{1, 0, -1});
  for (std::size_t at = 0; at < 3; ++at) {
    std::vector<float> broken{1, 2, 3};
    broken[at] = std::numeric_limits<float>::quiet_NaN();
    CHECK(std::isnan(cross_entropy<float>(broken, 0, {}, 0).loss));
  }
}

// SPDX-License-Identifier: MIT
#include "sim/optimizers/gradient_options.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace steq;

TEST_CASE("each gradient is cut at the limit, and a NaN stays one", "[optimizers]") {
  std::vector<float> g{-3, -0.5F, 0, 2, std::numeric_limits<float>::quiet_NaN()};
  clip_each<float>(g, 1);
  CHECK((g[0] == -1 && g[1] == -0.5F && g[2] == 0 && g[3] == 1));
  CHECK(g[4] != g[4]);
}

TEST_CASE("a norm is brought down to the limit, never up", "[optimizers]") {
  CHECK(norm_factor(4, 1) == Approx(0.25 / (1 + 0.25e-6)).epsilon(1e-15));
  CHECK(norm_factor(0.5, 1) == 1);
  CHECK(norm_factor(4, 0) == 1);
}

TEST_CASE("coupled decay goes into the gradient, decoupled decay into the weight", "[optimizers]") {
  std::vector<double> w{2, -4}, g{1, 1};
  decay<double>({.weight_decay = 0.25}, 0.5, w, g);
  CHECK(w == std::vector<double>{2, -4});
  CHECK(g == std::vector<double>{1.5, 0});
  decay<double>({.decoupled_decay = 0.25}, 0.5, w, g);
  CHECK(w == std::vector<double>{1.75, -3.5});
  CHECK(g == std::vector<double>{1.5, 0});
}

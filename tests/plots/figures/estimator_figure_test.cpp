// SPDX-License-Identifier: MIT
#include "plots/figures/estimator_figure.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace steq;

namespace {

EstimatorGraph graph() {
  return {.w = {-1, 0, 1},
          .q = {{"first", {1, 2, 1}}, {"second", {0.5, std::nan(""), 0.5}}},
          .soft = {-1, 0, 1},
          .hard = {-1, 1, 1},
          .map = {-1, 0, 1},
          .levels = {-1, 1},
          .thresholds = {0},
          .q_low = 0,
          .q_high = 2.2};
}

}  // namespace

TEST_CASE("the figure of an estimator names its curves") {
  const auto svg = draw_estimator(graph());
  if (!svg) {
    WARN("gnuplot is not installed: not tested");
    return;
  }
  for (const char* text : {"first", "second", "hard: Q(w)", "M(w)", "latent weight w / W", "</svg>"})
    CHECK_THAT(*svg, Catch::Contains(text));
  CHECK_THAT(*svg, !Catch::Contains("does not exist"));
}

TEST_CASE("the figure says where there is no M") {
  EstimatorGraph without = graph();
  without.map.clear();
  if (const auto svg = draw_estimator(without)) CHECK_THAT(*svg, Catch::Contains("M does not exist"));
}

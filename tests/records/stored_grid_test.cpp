// SPDX-License-Identifier: MIT
#include "records/stored_grid.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "records/hdf5_dataset.hpp"

using namespace steq;

namespace {

Grid grid(StoredGrid stored) { return grid_of(std::move(stored), "logs.h5", "/a/w"); }

}  // namespace

TEST_CASE("a stored grid says what its levels leave open") {
  const Grid found = grid({.levels = {-0.5, 0.1, 0.7}});
  CHECK(found.thresholds == std::vector<double>{(-0.5 + 0.1) / 2, (0.1 + 0.7) / 2});
  CHECK(found.range == 0.7);
  CHECK(found.delta == Approx(0.6));
}

TEST_CASE("what a log says of its grid is kept") {
  const Grid found = grid({.levels = {-1, 1}, .thresholds = std::vector<double>{0.25}, .range = 2});
  CHECK(found.thresholds == std::vector<double>{0.25});
  CHECK(found.range == 2);
  CHECK(found.delta == 0);
}

TEST_CASE("levels have a spacing up to the rounding of float, and else none") {
  CHECK(grid({.levels = {-0.3F, -0.1F, 0.1F, 0.3F}}).delta == Approx(0.2));
  CHECK(grid({.levels = {-1, 0, 1.001}}).delta == 0);
  CHECK(grid({.levels = {-1, 0, 4}}).delta == 0);
}

TEST_CASE("grids that are none are left out") {
  const double nan = std::nan("");
  for (const std::vector<double>& levels : {std::vector<double>{0}, {1, 1}, {1, -1}, {-1, nan}, {}})
    CHECK_THROWS_AS(grid({.levels = levels}), UnusableDataset);
  CHECK_THROWS_WITH(grid({.levels = {-1, 1}, .thresholds = std::vector<double>{-0.5, 0.5}}),
                    "logs.h5: /a/w/thresholds: 2 of them for 2 levels; allowed: one less than levels");
  CHECK_THROWS_AS(grid({.levels = {-1, 0, 1}, .thresholds = std::vector<double>{0.5, -0.5}}), UnusableDataset);
}

TEST_CASE("bins may be empty") {
  const Grid found = grid({.levels = {-1, 0, 1}, .thresholds = std::vector<double>{0, 0}});
  CHECK(found.thresholds == std::vector<double>{0, 0});
  CHECK(found.delta == 0);
}

TEST_CASE("thresholds that do not lie midway leave no spacing, up to the rounding of float") {
  CHECK(grid({.levels = {-1, 0, 1}, .thresholds = std::vector<double>{-0.5F, 0.5F}}).delta == 1);
  CHECK(grid({.levels = {0, 1, 2}, .thresholds = std::vector<double>{0, 1}}).delta == 0);
}

// SPDX-License-Identifier: MIT
// What every registered quantizer must satisfy.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/plugin_files.hpp"
#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("every quantizer's file is in the registry", "[quantizers]") {
  CHECK(test::plugin_files("sim/quantizers", "QuantizerRegistry") == test::sorted(quantizer_registry().names()));
}

TEST_CASE("every quantizer documents itself", "[quantizers]") {
  for (const auto& entry : quantizer_registry().entries()) {
    INFO(entry.info.name);
    CHECK_FALSE(entry.info.summary.empty());
    CHECK_FALSE(entry.info.formula.empty());
    if (entry.info.name != "none") CHECK_FALSE(entry.info.citation.empty());
  }
}

TEST_CASE("levels rise with the weight and their values are the grid's", "[quantizers]") {
  for (const std::string& spec : test::grid_specs()) {
    INFO(spec);
    const auto quantizer = test::quantizer(spec);
    const Grid& grid = quantizer->grid();
    CHECK(std::is_sorted(grid.levels.begin(), grid.levels.end()));
    CHECK(std::is_sorted(grid.thresholds.begin(), grid.thresholds.end()));
    CHECK(grid.thresholds.size() == grid.intervals());
    Level before = 0;
    for (int i = -600; i <= 600; ++i) {
      const double w = (i + 0.123) / 500 * grid.range;
      Level level = 0;
      double value = 0;
      quantizer->quantize(std::span<const double>(&w, 1), std::span<Level>(&level, 1), std::span<double>(&value, 1),
                          {});
      CHECK(level >= before);
      CHECK(value == Approx(grid.levels.at(static_cast<std::size_t>(level))).margin(1e-14 * grid.range));
      before = level;
    }
    CHECK(static_cast<std::size_t>(before) == grid.intervals());
  }
}

// SPDX-License-Identifier: MIT
#include "plots/figures/disagreement_figure.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;

namespace {

/// The figure of a run directory with this table; its text, or nothing.
std::optional<std::string> figure(const std::string& table) {
  const testing::TemporaryDirectory run;
  std::filesystem::create_directory(run.path() / "tables");
  testing::put(run.path() / "tables" / "disagreement.csv", table);
  const auto picture = draw_disagreement(run.path());
  if (!picture) return std::nullopt;
  CHECK(*picture == run.path() / "figures" / "disagreement.svg");
  return testing::get(*picture);
}

}  // namespace

TEST_CASE("pairs that part have lines with their names") {
  const auto svg = figure("step,a / b,a / twin\n0,0,0\n1,0.001,0\n2,0.01,0\n");
  if (!svg) {
    WARN("gnuplot is not installed: not tested");
    return;
  }
  CHECK_THAT(*svg, Catch::Contains("a / b") && Catch::Contains("a / twin") && Catch::Contains("</svg>"));
}

TEST_CASE("one point is enough for a figure") {
  if (const auto svg = figure("step,a / b\n0,0\n1,0.5\n")) CHECK_THAT(*svg, Catch::Contains("</svg>"));
}

TEST_CASE("there is no figure where no pair ever parts") {
  CHECK_FALSE(figure("step,a / twin\n0,0\n1,0\n"));
  CHECK_FALSE(figure("step,a / b,a / c\n0,0,0\n"));
  CHECK_FALSE(figure("step\n0\n1\n"));
}

TEST_CASE("a missing table is an IoError") {
  const testing::TemporaryDirectory run;
  CHECK_THROWS_AS(draw_disagreement(run.path()), IoError);
  CHECK(run.entries() == 0);
}

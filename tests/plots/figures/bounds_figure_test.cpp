// SPDX-License-Identifier: MIT
#include "plots/figures/bounds_figure.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;

namespace {

struct Drawn {
  std::optional<std::string> svg;
  std::string script;
};

/// The figure of a run directory with these rows, and its script.
Drawn drawn(const std::string& rows) {
  const testing::TemporaryDirectory run;
  std::filesystem::create_directory(run.path() / "tables");
  testing::put(run.path() / "tables" / "bounds.csv", "pair,step,tensor,error_per_bin,bound_per_bin\n" + rows);
  const auto picture = draw_bounds(run.path());
  Drawn result;
  if (picture) result.svg = testing::get(*picture);
  const auto script = run.path() / "figures" / "bounds.gp";
  if (std::filesystem::exists(script)) result.script = testing::get(script);
  return result;
}

}  // namespace

TEST_CASE("every tensor has a line of its own") {
  const Drawn figure = drawn(
      "a / s,0,conv1.weight,0,0\na / s,1,conv1.weight,0.1,0.2\n"
      "a / s,0,it's.weight,0,0\na / s,1,it's.weight,0.01,inf\n");
  CHECK_THAT(figure.script, Contains("every ::1::2 with") && Contains("every ::3::4 with") &&
                                Contains("title 'conv1.weight'") && Contains("title 'it''s.weight'"));
  if (!figure.svg) {
    WARN("gnuplot is not installed: not tested");
    return;
  }
  CHECK_THAT(*figure.svg, Contains("conv1.weight") && Contains("s.weight") && Contains("</svg>"));
}

TEST_CASE("with several pairs each line names its own") {
  CHECK_THAT(drawn("a / s,0,w,0.1,0.2\nb / s,0,w,0.1,0.2\n").script,
             Contains("title 'a / s: w'") && Contains("title 'b / s: w'"));
}

TEST_CASE("there is no figure of bounds where nothing ever parts") {
  const Drawn figure = drawn("a / s,0,w,0,0\na / s,1,w,0,0.5\n");
  CHECK_FALSE(figure.svg);
  CHECK(figure.script.empty());
}

TEST_CASE("a missing table of bounds is an IoError") {
  const testing::TemporaryDirectory run;
  CHECK_THROWS_AS(draw_bounds(run.path()), IoError);
  CHECK(run.entries() == 0);
}

// SPDX-License-Identifier: MIT
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using Catch::Contains;
using test::TwoLearners;

namespace {

std::optional<Drawing> drawn(const std::string& rows) {
  const TwoLearners run;
  run.write_table("bounds", "pair,step,tensor,error_per_bin,bound_per_bin,gradient_share\n" + rows);
  return test::figure_named("bounds").draw(run.stored());
}

}  // namespace

TEST_CASE("every tensor that errs has a line of its own under its bound", "[figures]") {
  const auto drawing = drawn(
      "a / s,0,conv1.weight,0,0,\na / s,1,conv1.weight,0.1,0.2,\na / s,0,never,0,0,\na / s,1,never,0,0.5,\n"
      "a / s,0,it's.weight,0,0,\na / s,1,it's.weight,0.01,inf,\n");
  REQUIRE(drawing);
  CHECK(drawing->data[0].table.rows == std::vector<Row>{{"0", "a / s", "conv1.weight", "0", "0", "0"},
                                                        {"0", "a / s", "conv1.weight", "1", "0.1", "0.2"},
                                                        {"1", "a / s", "it's.weight", "0", "0", "0"},
                                                        {"1", "a / s", "it's.weight", "1", "0.01", "inf"}});
  CHECK_THAT(drawing->alt, Contains("conv1.weight: at the end an error of 0.1 bins under a bound of 0.2.") &&
                               Contains("0.01 bins under a bound of inf."));
  test::check_pictures("bounds", *drawing, {"conv1.weight", "it's.weight"});
}

TEST_CASE("with several pairs each line names its own", "[figures]") {
  const auto drawing = drawn("a / s,0,w,0.1,0.2,\nb / s,0,w,0.1,0.2,\n");
  REQUIRE(drawing);
  CHECK_THAT(drawing->commands, Contains("title 'a / s: w'") && Contains("title 'b / s: w'"));
}

TEST_CASE("there is no figure of bounds where nothing ever diverges", "[figures]") {
  CHECK_FALSE(drawn("a / s,0,w,0,0,\na / s,1,w,0,0.5,\n"));
  CHECK_FALSE(test::figure_named("bounds").draw(TwoLearners().stored()));
}

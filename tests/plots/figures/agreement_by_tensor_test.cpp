// SPDX-License-Identifier: MIT
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using test::TwoLearners;

TEST_CASE("agreement is drawn tensor by tensor, undefined values leave a gap", "[figures]") {
  const TwoLearners run;
  const Figure& figure = test::figure_named("agreement-by-tensor");
  CHECK_FALSE(figure.draw(run.stored()));
  run.write_table("agreement-by-tensor",
                  "comparison,tensor,weights,quantized_weight_agreement,change_point_sequence_agreement,"
                  "quantized_weight_agreement_of_changed\n"
                  "a / b,conv1.weight,5,0.75,0.5,0.25\na / b,fc.weight,17,1,0.875,\nc / d,fc.weight,17,0,0,0\n");
  const auto drawing = figure.draw(run.stored());
  REQUIRE(drawing);
  CHECK(drawing->data[0].table.rows ==
        std::vector<Row>{{"0", "conv1.weight", "0", "0.75", "0.5", "0.25"}, {"0", "fc.weight", "1", "1", "0.875", ""}});
  CHECK(drawing->alt ==
        "Of a / b conv1.weight agrees least (75 % of its weights end on the same level) and fc.weight most (100 %).");
  test::check_pictures("agreement-by-tensor", *drawing, {"conv1.weight", "sequence of levels", "a / b"});
}

TEST_CASE("a panel without any value is left out", "[figures]") {
  const TwoLearners run;
  run.write_table("agreement-by-tensor",
                  "comparison,tensor,weights,quantized_weight_agreement,change_point_sequence_agreement,"
                  "quantized_weight_agreement_of_changed\na / b,fc.weight,17,1,1,\n");
  const auto drawing = test::figure_named("agreement-by-tensor").draw(run.stored());
  REQUIRE(drawing);
  CHECK_THAT(drawing->commands, !Catch::Contains("of changed weights"));
  test::check_pictures("agreement-by-tensor", *drawing, {"sequence of levels"});
}

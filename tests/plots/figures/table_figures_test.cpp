// SPDX-License-Identifier: MIT
// The figures that are drawn from tables: estimators and oscillation.
#include "plots/tables/read_csv.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using Catch::Contains;
using test::TwoLearners;

TEST_CASE("the gallery has a row for each estimator and a curve for each case", "[figures]") {
  const TwoLearners run;
  CHECK_FALSE(test::figure_named("estimator-gallery").draw(run.stored()));
  run.write_table("estimators",
                  "estimator,curve,u,q,soft,hard,map\n"
                  "x_1,q(w),-1,0.5,-1,-0.5,-1\nx_1,q(w),0,1.5,0,0.5,0.25\nx_1,q(w),1,0.5,1,1.5,1\n"
                  "y,gradient > 0,-1,0.9,-1,-0.5,\ny,gradient > 0,0,1,0,0.5,\ny,gradient > 0,1,1.1,1,1.5,\n"
                  "y,gradient < 0,-1,1.1,-1,-0.5,\ny,gradient < 0,0,1,0,0.5,\ny,gradient < 0,1,0.9,1,1.5,\n");
  const auto drawing = test::figure_named("estimator-gallery").draw(run.stored());
  REQUIRE(drawing);
  CHECK(drawing->data[0].table.rows == std::vector<Row>{{"-1", "-0.5", "0.5", "-1", "-1", "0.9", "1.1", "-1", ""},
                                                        {"0", "0.5", "1.5", "0", "0.25", "1", "1", "0", ""},
                                                        {"1", "1.5", "0.5", "1", "1", "1.1", "0.9", "1", ""}});
  CHECK(drawing->alt ==
        "x_1: q is at most 1.5 here, M moves a weight between two thresholds by at most 0.25 delta. "
        "y: q is at most 1.1 here, M does not exist.");
  CHECK_THAT(drawing->commands, Contains("from first 0, graph 0") && Contains("from first 1, graph 0"));
  test::check_pictures("estimator-gallery", *drawing, {"x_1", "gradient &lt; 0", "M does not exist"});
}

TEST_CASE("oscillation is drawn over time for all tensors and at the end for each", "[figures]") {
  const TwoLearners run;
  CHECK_FALSE(test::figure_named("oscillation").draw(run.stored()));
  run.write_table("oscillation-by-step",
                  "learner,tensor,step,flip_ratio,reversal_ratio,frequency,oscillating_share\n"
                  "a,w,1,0.5,0,0.001,0\na,v,1,0.25,0,0.002,0\na,all,1,0.3,0,0.003,0\n"
                  "b,w,1,0.6,0,0.004,0\nb,v,1,0.7,0,0.005,0\nb,all,1,0.8,0,0.006,0\n");
  run.write_table("oscillation",
                  "learner,tensor,flip_ratio,oscillating_share_0.01,dwell_median\n"
                  "a,w,0.1,0.01,3\na,v,0.2,0.02,4\na,all,0.3,0.03,5\n"
                  "b,w,0.4,0.04,\nb,v,0.5,0.05,\nb,all,0.6,0.06,\n");
  const auto drawing = test::figure_named("oscillation").draw(run.stored());
  REQUIRE(drawing);
  REQUIRE(drawing->data.size() == 2);
  CHECK(drawing->data[0].table.rows == std::vector<Row>{{"1", "0.3", "0.8", "0.003", "0.006"}});
  CHECK(drawing->data[1].table.rows == std::vector<Row>{{"w", "0.01", "0.04"}, {"v", "0.02", "0.05"}});
  CHECK(drawing->alt ==
        "a: 30 % of the weights flip at a mean update, 3 % oscillate at the end, half of the complete dwells last 5 "
        "updates at most. b: 60 % of the weights flip at a mean update, 6 % oscillate at the end.");
  test::check_pictures("oscillation", *drawing, {"oscillation frequency, mean over weights"});
}

TEST_CASE("grid parameters have one key for all panels, and what stands still is left out", "[figures]") {
  const TwoLearners run;
  std::string history;
  for (const int epoch : {1, 2})
    for (int layer = 0; layer < 8; ++layer)
      history +=
          fmt::format(R"({{"learner": "a", "epoch": {}, "grid_parameters": {{"fc{}.weight": {{"alpha": {}, "beta": {},)"
                      R"( "thresholds": {{"least": -1, "median": 0, "most": 1}}}}}}}})"
                      "\n",
                      epoch, layer, epoch * layer + 1, epoch);
  testing::put(run.path() / "history.jsonl", history);
  const auto drawing = test::figure_named("grid-parameters").draw(run.stored());
  REQUIRE(drawing);
  CHECK_THAT(drawing->data[0].table.header,
             Catch::VectorContains(std::string("alpha of a: fc1.weight")) &&
                 !Catch::VectorContains(std::string("alpha of a: fc0.weight")));  // it stands at 1
  CHECK_THAT(drawing->commands, !Catch::Contains("thresholds"));
  CHECK(drawing->height > 70 + 330 + 2 * 20);
  test::check_pictures("grid-parameters", *drawing, {"a: fc7.weight", "beta"});
}

TEST_CASE("angles are drawn beside what theory has for the sign of normal weights", "[figures]") {
  const TwoLearners run;
  CHECK_FALSE(test::figure_named("geometry").draw(run.stored()));
  testing::put(run.path() / "summary.json",
               R"({"name": "two", "steps": 40, "learners": {"a": {"geometry": {
                     "fc1.weight": {"fan_in": 784, "angle_degrees": 40.7, "relative_squared_error": 0.4, "zero_share": 0,
                                    "dot_product_correlation": 0.93},
                     "fc2.weight": {"fan_in": 512, "angle_degrees": 38.2, "relative_squared_error": 0.4, "zero_share": 0,
                                    "dot_product_correlation": null}}}, "b": {}},
                   "comparisons": [{"a": "a", "b": "b", "map": "M", "kind": "equivalent"}]})");
  const auto drawing = test::figure_named("geometry").draw(run.stored());
  REQUIRE(drawing);
  CHECK(drawing->data[0].table.rows[0] == Row{"a", "fc1.weight", "784", "40.7", "0.93"});
  CHECK(drawing->data[0].table.rows[1] == Row{"a", "fc2.weight", "512", "38.2", ""});
  CHECK_THAT(drawing->alt, Contains("fc1.weight of a: 40.7 degrees, correlation 0.930. fc2.weight of a: 38.2 degrees, "
                                    "correlation undefined."));
  test::check_pictures("geometry", *drawing, {"sign of normal weights", "correlation of outputs"});
}

TEST_CASE("activations are drawn against their thresholds, a row for each layer", "[figures]") {
  const TwoLearners run;
  CHECK_FALSE(test::figure_named("activation-histogram").draw(run.stored()));
  testing::put(run.path() / "summary.json",
               R"({"name": "two", "steps": 40, "learners": {"a": {"activations": {
                     "q1": {"thresholds": [0, 1], "low": -1, "width": 0.5, "shares": [0.25, 0, 0.5, 0.25]},
                     "q2": {"thresholds": [0, 1], "low": -1, "width": 0.5, "shares": [0, 1, 0, 0]}}}, "b": {}},
                   "comparisons": [{"a": "a", "b": "b", "map": "M", "kind": "equivalent"}]})");
  const auto drawing = test::figure_named("activation-histogram").draw(run.stored());
  REQUIRE(drawing);
  CHECK(drawing->data[0].table.rows.size() == 8);
  CHECK(drawing->data[0].table.rows[2] == Row{"0", "a", "q1", "0.25", "0.5"});
  CHECK_THAT(drawing->alt, Contains("q1 of a: 25 % of the values lie in the lowest bin or below, 25 % in the highest"));
  test::check_pictures("activation-histogram", *drawing,
                       {"q1, a: 25 % below, 25 % above", "value before quantization"});
}

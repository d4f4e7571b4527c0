// SPDX-License-Identifier: MIT
#include "plots/tables/comparison_table.hpp"

#include <catch2/catch.hpp>

using namespace steq;
using Catch::Contains;
using Json = nlohmann::ordered_json;

namespace {

Json summary() {
  return Json::parse(R"({
    "name": "n", "status": "complete", "steps": 20,
    "learners": {"a": {"train_loss": 0.5, "change_points": 7}, "longer": {"train_loss": null, "change_points": null}},
    "comparisons": [
      {"a": "a", "b": "ste", "map": "M", "kind": "equivalent",
       "metrics": {"quantized_weight_agreement": 0.999, "weight_alignment_error": 0.00001234, "changed_weight_share": "NaN"},
       "first_divergence": {"step": 4}},
      {"a": "a", "b": "copy", "map": "identity", "kind": "identical",
       "metrics": {"quantized_weight_agreement": 1.0, "weight_alignment_error": 0.0, "changed_weight_share": null},
       "first_divergence": null}]
  })");
}

}  // namespace

TEST_CASE("the table shows learners, metrics and the first divergence, in columns") {
  CHECK_THAT(comparison_table(summary()), Catch::StartsWith("n: complete after 20 steps\n"
                                                            "\n"
                                                            "learner  train_loss  change_points\n"
                                                            "a               0.5              7\n"
                                                            "longer    undefined      undefined\n"
                                                            "\n"
                                                            "comparison                    a / ste   a / copy\n"
                                                            "map                                 M   identity\n"
                                                            "first divergence               step 4      never\n"
                                                            "quantized_weight_agreement      0.999          1\n"
                                                            "weight_alignment_error      1.234e-05          0\n"
                                                            "changed_weight_share              NaN  undefined\n"));
}

TEST_CASE("where nothing was recorded the first divergence is undefined, not never") {
  Json unrecorded = summary();
  unrecorded["comparisons"][1]["metrics"]["quantized_weight_agreement"] = nullptr;
  CHECK_THAT(comparison_table(unrecorded), !Contains("never"));
}

TEST_CASE("a run without comparisons has a table of learners") {
  Json alone = summary();
  alone["comparisons"] = Json::array();
  CHECK_THAT(comparison_table(alone), Contains("longer") && !Contains("comparison") && !Contains("Verdict"));
}

TEST_CASE("a pair whose steps were checked has a line with the outcome") {
  CHECK_THAT(comparison_table(summary()), !Contains("bounds"));
  Json checked = summary();
  checked["comparisons"][0]["bounds"] = {{"checked", 12345}, {"violations", 2}};
  CHECK_THAT(comparison_table(checked), Contains("\na / ste bounds: 12345 checks, 2 violations\n"));
}

TEST_CASE("a column that not all learners have is empty for the others") {
  Json document = summary();
  document["learners"] = Json::parse(R"({"a": {"train_loss": 0.5, "change_points": 7},
                                         "soft": {"train_loss": 1, "soft_test_loss": 2, "change_points": 3}})");
  CHECK_THAT(comparison_table(document), Contains("learner  train_loss  soft_test_loss  change_points\n"
                                                  "a               0.5                              7\n"
                                                  "soft              1               2              3\n"));
}

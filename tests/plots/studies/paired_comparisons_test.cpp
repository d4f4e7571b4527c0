// SPDX-License-Identifier: MIT
#include "plots/studies/paired_comparisons.hpp"

#include <catch2/catch.hpp>

#include "study_example.hpp"

using namespace steq;
using testing::Json;

namespace {

/// Seeds 1, 2, 3 of one pair with these test accuracies and losses.
Json study_of(const std::vector<double>& a, const std::vector<double>& b) {
  Json study{{"measurements", Json::array()}};
  for (std::size_t i = 0; i < a.size(); ++i)
    study["measurements"].push_back(testing::measurement(
        "v", "ste", "equivalent", std::to_string(i + 1),
        {{"test_accuracy_a", a[i]}, {"test_accuracy_b", b[i]}, {"test_loss_a", 1 - a[i]}, {"test_loss_b", 1 - b[i]}}));
  return study;
}

Json with_comparisons(Json study) {
  study["comparisons"] = paired_comparisons(study);
  return study;
}

}  // namespace

TEST_CASE("every comparison has the paired difference of accuracy and loss over seeds") {
  const Json study = with_comparisons(study_of({0.93, 0.92, 0.94}, {0.91, 0.90, 0.91}));
  REQUIRE(study["comparisons"].size() == 1);
  const Json& comparison = study["comparisons"][0];
  CHECK(comparison["of"] == "v: q / ste");
  CHECK(comparison["kind"] == "equivalent");
  const Json &accuracy = comparison["paired"]["test_accuracy"], &loss = comparison["paired"]["test_loss"];
  CHECK(accuracy["median"].get<double>() == Approx(0.02));
  CHECK(accuracy["mean"].get<double>() == Approx(0.07 / 3));
  CHECK(accuracy["low"].get<double>() == Approx(0.07 / 3 - 4.302652730 * 0.0057735027 / std::sqrt(3)));
  CHECK(accuracy["seeds"] == 3);
  CHECK(accuracy["a_better"] == 3);
  CHECK(accuracy["verdict"] == "better");
  CHECK(accuracy["seeds_needed"].is_null());
  CHECK(loss["verdict"] == "better");
  CHECK(loss["median"].get<double>() == Approx(-0.02));
}

TEST_CASE("the sentence is plain: better, worse, or not told apart with so many seeds") {
  CHECK(paired_sentences(with_comparisons(study_of({0.93, 0.92, 0.94}, {0.91, 0.90, 0.91}))) ==
        std::vector<std::string>{"v: q is better than ste in test accuracy (difference +2.33 points, 95 % interval "
                                 "[+0.899, +3.77], better in 3 of 3 seeds)."});
  CHECK_THAT(paired_sentences(with_comparisons(study_of({0.91, 0.90, 0.91}, {0.93, 0.92, 0.94})))[0],
             Catch::StartsWith("v: q is worse than ste in test accuracy (difference -2.33 points"));
  CHECK(paired_sentences(with_comparisons(study_of({0.92, 0.91, 0.93}, {0.91, 0.92, 0.90}))) ==
        std::vector<std::string>{"v: q and ste are not told apart in test accuracy with 3 seeds (difference +1 points, "
                                 "95 % interval [-3.97, +5.97]); 34 seeds would."});
  CHECK(
      paired_sentences(with_comparisons(study_of({0.92}, {0.91}))) ==
      std::vector<std::string>{"v: q and ste are not told apart in test accuracy with 1 seed (difference +1 points)."});
}

TEST_CASE("controls are in the table and have no sentence; other seeds are not paired; what diverged is left out") {
  Json study = study_of({0.93, 0.92}, {0.91, 0.93});
  Json jitter = study["measurements"][0], other = study["measurements"][0];
  jitter["of"] = "v: q / jitter";
  jitter["kind"] = "jitter";
  other["of"] = "v: q / other seed";
  other["kind"] = "other-seed";
  study["measurements"].push_back(jitter);
  study["measurements"].push_back(other);
  study["measurements"][1]["status"] = "diverged";
  study = with_comparisons(study);
  CHECK(study["comparisons"].size() == 2);
  CHECK(study["comparisons"][0]["paired"]["test_accuracy"]["seeds"] == 1);
  CHECK(paired_sentences(study).size() == 1);
  CHECK(paired_table(study).rows.size() == 4);
  study["measurements"][0]["status"] = "diverged";
  study = with_comparisons(study);
  CHECK(study["comparisons"][0]["paired"]["test_accuracy"].is_null());
  CHECK(paired_sentences(study)[0] == "v: q and ste have no test accuracy.");
  CHECK(paired_table(study).rows[0] == Row{"v: q / ste", "test accuracy", "undefined", "-", "-", "undefined", "-"});
}

TEST_CASE("the table has accuracies in percentage points and losses as they are") {
  const Table table = paired_table(with_comparisons(study_of({0.92, 0.91, 0.93}, {0.91, 0.92, 0.90})));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0] ==
        Row{"v: q / ste", "test accuracy", "+1 points", "[-3.97, +5.97]", "2 of 3", "not told apart", "34"});
  CHECK(table.rows[1] ==
        Row{"v: q / ste", "test loss", "-0.01", "[-0.0597, +0.0397]", "2 of 3", "not told apart", "34"});
}

// SPDX-License-Identifier: MIT
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using test::TwoLearners;

namespace {

std::optional<Drawing> drawn(const TwoLearners& run, const std::string& history) {
  testing::put(run.path() / "history.jsonl", history);
  return test::figure_named("curves").draw(run.stored());
}

}  // namespace

TEST_CASE("curves stand beside their differences b - a", "[figures]") {
  const TwoLearners run;
  const auto drawing = drawn(run,
                             R"({"learner":"a","epoch":1,"train_loss":4,"test_loss":3,"test_accuracy":0.5}
{"learner":"b","epoch":1,"train_loss":4.5,"test_loss":2,"test_accuracy":0.625}
{"learner":"a","epoch":2,"train_loss":1,"test_loss":2.5,"test_accuracy":0.75}
{"learner":"b","epoch":2,"train_loss":"NaN","test_loss":2.25,"test_accuracy":0.8125}
)");
  REQUIRE(drawing);
  REQUIRE(drawing->data.size() == 3);
  CHECK(drawing->data[0].table.header == Row{"epoch", "a", "b", "b - a"});
  CHECK(drawing->data[0].table.rows == std::vector<Row>{{"1", "4", "4.5", "0.5"}, {"2", "1", "", ""}});
  CHECK(drawing->data[1].table.rows == std::vector<Row>{{"1", "3", "2", "-1"}, {"2", "2.5", "2.25", "-0.25"}});
  CHECK(drawing->data[2].table.rows ==
        std::vector<Row>{{"1", "0.5", "0.625", "0.125"}, {"2", "0.75", "0.8125", "0.0625"}});
  CHECK(drawing->alt ==
        "Test accuracy after epoch 2: a 75.00 %; b 81.25 %; a / b differ by at most 12.50 percentage points at any "
        "epoch.");
  test::check_pictures("curves", *drawing, {"train loss", "test accuracy: b - a"});
}

TEST_CASE("there are no curves without a history", "[figures]") {
  const TwoLearners run;
  CHECK_FALSE(test::figure_named("curves").draw(run.stored()));
  CHECK_FALSE(drawn(run, "{\"learner\":\"a\",\"epoch\":1,\"train_loss\":4}\n"));
}

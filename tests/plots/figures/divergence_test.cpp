// SPDX-License-Identifier: MIT
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"
#include "records/log_file.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using test::TwoLearners;

namespace {

/// A run with an equivalent learner and three controls, of which only the names are recorded.
class FourPairs {
 public:
  FourPairs() {
    LogWriter writer(directory_.file("logs.h5"));
    for (const char* learner : {"a", "b", "jitter", "ulp", "copy"})
      writer.write_change_points(learner, "t", ChangePointLog({0}));
    writer.close();
    std::filesystem::create_directory(directory_.path() / "tables");
    testing::put(
        directory_.path() / "summary.json",
        R"({"comparisons": [{"a": "a", "b": "b", "kind": "equivalent"}, {"a": "a", "b": "jitter", "kind": "jitter"},
                   {"a": "a", "b": "ulp", "kind": "one-ulp"}, {"a": "a", "b": "copy", "kind": "identical"}]})");
  }

  std::optional<Drawing> drawn(const std::string& disagreement) const {
    testing::put(directory_.path() / "tables" / "disagreement.csv", disagreement);
    return test::figure_named("divergence").draw(StoredRun(directory_.path()));
  }

 private:
  testing::TemporaryDirectory directory_;
};

std::optional<Drawing> drawn(const TwoLearners& run) { return test::figure_named("divergence").draw(run.stored()); }

}  // namespace

TEST_CASE("what means nothing reaches up to the largest control of each step", "[figures]") {
  const FourPairs run;
  const auto drawing = run.drawn(
      "step,a / b,a / jitter,a / ulp,a / copy\n0,0,0,0,0\n1,0.25,0,0,0\n2,0.5,0.125,0.25,0\n"
      "3,0.5,0.375,0.25,0\n");
  REQUIRE(drawing);
  CHECK(drawing->data[0].table.header == Row{"step", "a / b", "a / jitter", "a / ulp", "a / copy", "largest control"});
  CHECK(drawing->data[0].table.rows == std::vector<Row>{{"0", "0", "0", "0", "0", ""},
                                                        {"1", "0.25", "0", "0", "0", ""},
                                                        {"2", "0.5", "0.125", "0.25", "0", "0.25"},
                                                        {"3", "0.5", "0.375", "0.25", "0", "0.375"}});
  CHECK_THAT(drawing->alt, Catch::Contains("a / b diverge at step 1 and end with 50 % of the weights") &&
                               Catch::Contains("a / jitter diverge at step 2 and end with 37.5 %") &&
                               Catch::Contains("a / copy never diverge."));
  test::check_pictures("divergence", *drawing, {"a / b", "a / copy: never diverge"});
}

TEST_CASE("learners that are apart for one step of many are drawn", "[figures]") {
  const FourPairs run;
  std::string table = "step,a / b\n";
  for (int step = 0; step <= 9999; ++step) table += std::to_string(step) + (step == 5001 ? ",0.125\n" : ",0\n");
  const auto drawing = run.drawn(table);
  REQUIRE(drawing);
  const std::vector<Row>& rows = drawing->data[0].table.rows;
  CHECK(std::ranges::find(rows, Row{"5001", "0.125", ""}) != rows.end());
  CHECK(rows.size() == 2002);
  test::check_pictures("divergence", *drawing, {"a / b"});
}

TEST_CASE("the key above two panels is no wider than the picture", "[figures]") {
  CHECK(key_rows({"a / b"}, 1080) == 1);
  CHECK(key_rows({"no more than a control", "q-hat / ste", "q-hat / jitter", "q-hat / no-warp", "q-hat / rounding",
                  "q-hat / one-ulp: never diverge", "q-hat / copy: never diverge"},
                 1080) == 3);
  CHECK(key_rows({std::string(500, 'x'), "y"}, 1080) == 2);
}

TEST_CASE("alignment over epochs is a second panel", "[figures]") {
  const TwoLearners run;
  run.write_table("disagreement", "step,a / b\n0,0\n1,0.25\n");
  run.write_table("alignment", "epoch,step,a / b,c / d\n0,0,0,1\n1,10,0.5,1\n2,20,0.25,1\n");
  const auto drawing = drawn(run);
  REQUIRE(drawing);
  REQUIRE(drawing->data.size() == 2);
  CHECK(drawing->data[1].suffix == "alignment");
  CHECK(drawing->data[1].table.rows == std::vector<Row>{{"0", "0", ""}, {"1", "0.5", ""}, {"2", "0.25", ""}});
  test::check_pictures("divergence", *drawing, {"bins per weight"});
}

TEST_CASE("long runs are thinned, their last step stays", "[figures]") {
  const TwoLearners run;
  std::string table = "step,a / b\n";
  for (int step = 0; step <= 5000; ++step) table += fmt::format("{},{}\n", step, step / 10000.0);
  run.write_table("disagreement", table);
  const auto drawing = drawn(run);
  REQUIRE(drawing);
  const auto& rows = drawing->data[0].table.rows;
  CHECK(rows.size() == 1668);
  CHECK((rows[1][0] == "3" && rows[1][1] == "0.0003"));
  CHECK((rows.back()[0] == "5000" && rows.back()[1] == "0.5"));
}

TEST_CASE("there is no divergence to draw where no pair diverges, or nothing was recorded", "[figures]") {
  const TwoLearners run;
  CHECK_FALSE(drawn(run));
  for (const char* table : {"step,a / b\n0,0\n1,0\n", "step\n0\n", "step,c / d\n0,1\n"}) {
    run.write_table("disagreement", table);
    CHECK_FALSE(drawn(run));
  }
}

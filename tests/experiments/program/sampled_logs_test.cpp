// SPDX-License-Identifier: MIT
// diff and report on logs that follow a sample of the weights, all of them in windows, and grids that move.
#include <catch2/catch.hpp>

#include "foreign_diff.hpp"

using namespace steq;
using Catch::Contains;
using testing::diffed;
using testing::ForeignLog;
using testing::ForeignTensor;
using testing::pair_of;
using testing::Playground;

namespace {

/// Ten weights, of which 2, 5 and 7 are followed, and all in the updates 11 to 20. Weight 5 moves at step `five`, weight
/// 1 within the window, at step `one`.
ForeignTensor sampled(double five, double one) {
  ForeignTensor tensor{.initial = std::vector<double>(10, 0)};
  tensor.weight = {2, 1, 5};
  tensor.step = {3, one, five};
  tensor.level = {1, 1, 1};
  return tensor;
}

void write_sampled(const Playground& playground, const std::string& name, const ForeignTensor& tensor,
                   std::vector<double> watched = {2, 5, 7}) {
  ForeignLog(playground.path() / name)
      .tensor("/net/w", tensor)
      .put("/net/w/watched", watched, H5T_STD_U32LE)
      .put("/net/windows", {11, 20}, H5T_STD_U32LE)
      .put("/net/steps", {40}, H5T_STD_U32LE);
}

/// What is followed of it, as a log of three weights.
void write_followed(const Playground& playground, const std::string& name, double five) {
  ForeignLog(playground.path() / name)
      .tensor("/net/w", {.initial = {0, 0, 0}, .weight = {0, 1}, .step = {3, five}, .level = {1, 1}})
      .put("/net/steps", {40}, H5T_STD_U32LE);
}

}  // namespace

TEST_CASE("metrics of levels are those of the sample", "[program]") {
  const Playground playground;
  write_sampled(playground, "a", sampled(25, 12)), write_sampled(playground, "b", sampled(30, 12));
  write_followed(playground, "fa", 25), write_followed(playground, "fb", 30);
  const Json pair = pair_of(playground, {"a", "b"}), plain = pair_of(playground, {"fa", "fb"});
  CHECK(pair["metrics"] == plain["metrics"]);
  CHECK(pair["watched"] == "Levels are those of a sample: 3 of 10 weights.");
  CHECK(plain["watched"].is_null());
  CHECK(plain["windows"].empty());
  CHECK(pair["first_divergence"]["step"] == 25);
  CHECK(pair["first_divergence"]["weight"] == 5);
  CHECK(pair["first_divergence"]["this_weight"] == plain["first_divergence"]["this_weight"]);
  CHECK(pair["first_divergence"]["all_weights"] == plain["first_divergence"]["all_weights"]);
  CHECK_THAT(diffed(playground, {"a", "b"}).out, Contains("3 of 10 weights") && Contains("weight 5"));
}

TEST_CASE("a window sees the weights that the sample does not", "[program]") {
  const Playground playground;
  write_sampled(playground, "a", sampled(25, 12)), write_sampled(playground, "b", sampled(25, 14));
  const Json pair = pair_of(playground, {"a", "b"});
  CHECK(pair["identical"]["levels"] == true);
  CHECK(pair["identical"]["levels in windows"] == false);
  CHECK(pair["same"] == false);
  const Json& window = pair["windows"][0];
  CHECK(window["first"] == 11);
  CHECK(window["last"] == 20);
  CHECK(window["weights"] == 10);
  CHECK(window["change_points"] == Json{{"a", 1}, {"b", 1}});
  CHECK(window["first_divergence"]["step"] == 12);
  CHECK(window["first_divergence"]["weight"] == 1);
  CHECK(window["metrics"]["change_point_sequence_agreement"] == 1.0);
  CHECK(window["metrics"]["quantized_weight_agreement"] == 1.0);
  CHECK(window["metrics"]["average_change_point_error"].get<double>() > 0);
  CHECK_THAT(diffed(playground, {"a", "b"}).out, Contains("11 to 20"));
}

TEST_CASE("a whole log is compared with a sample on the sample", "[program]") {
  const Playground playground;
  write_sampled(playground, "a", sampled(25, 12));
  ForeignTensor all = sampled(25, 12);
  all.weight.push_back(8), all.step.push_back(35), all.level.push_back(1);
  ForeignLog(playground.path() / "b").tensor("/net/w", all).put("/net/steps", {40}, H5T_STD_U32LE);
  for (const auto& [first, second] : {std::pair("a", "b"), {"b", "a"}}) {
    const Json pair = pair_of(playground, {first, second});
    CHECK(pair["identical"]["levels"] == true);
    CHECK(pair["identical"]["levels in windows"] == true);
    CHECK(pair["metrics"]["change_point_sequence_agreement"]["value"] == 1.0);
  }
}

TEST_CASE("logs whose levels were looked at now and then are compared where both were", "[program]") {
  const Playground playground;
  ForeignLog(playground.path() / "a")
      .tensor("/net/w", testing::moving({4, 8}))
      .put("/net/every", {4}, H5T_STD_U32LE)
      .put("/net/steps", {10}, H5T_STD_U32LE);
  ForeignLog(playground.path() / "b").tensor("/net/w", testing::moving({3, 5})).put("/net/steps", {10}, H5T_STD_U32LE);
  const Json pair = pair_of(playground, {"a", "b"});
  CHECK(pair["identical"]["levels"] == true);
  CHECK(pair["watched"] == "Levels are those of all 8 weights, after every 4 updates.");
}

TEST_CASE("samples that share nothing, and damaged ones, are refused", "[program]") {
  const Playground playground;
  write_sampled(playground, "a", sampled(25, 12)), write_sampled(playground, "c", sampled(25, 12), {0, 9});
  CHECK(diffed(playground, {"a", "c"}).code == 2);
  CHECK_THAT(diffed(playground, {"a", "c"}).err, Contains("watch no weight") && Contains("same seed"));
  for (const std::vector<double>& watched : {std::vector<double>{3, 2}, {2, 10}, {2, 2}}) {
    write_sampled(playground, "d", sampled(25, 12), watched);
    const testing::Told told = diffed(playground, {"a", "d"});
    CHECK(told.code == 2);
    CHECK_THAT(told.err, Contains("/net/w/watched") && Contains("below 10"));
  }
}

TEST_CASE("change points of a grid that moves are counted apart, and its numbers drawn", "[program]") {
  const Playground playground;
  for (const auto& [name, of_grid] : {std::pair("a", 1.0), {"b", 0.0}})
    ForeignLog(playground.path() / name)
        .tensor("/net/w", testing::moving({3, 5}))
        .put("/net/w/change_points/of_grid", {0, of_grid}, H5T_STD_U8LE)
        .put("/net/w/grid_parameters/scale", {0.1, 0.2, 0.15})
        .put("/net/w/grid_parameters/zero_point", {0, 0, 0})
        .put("/net/grid_steps", {0, 2, 5}, H5T_STD_U32LE)
        .put("/net/steps", {10}, H5T_STD_U32LE);
  CHECK(pair_of(playground, {"a", "b"})["end"]["change_points_of_grid"] ==
        Json{{"a", 1}, {"b", 0}, {"difference", -1}});
  playground.good({"report", "a"});
  CHECK_THAT(playground.read("a/report.html"), Contains("of_<wbr>grid"));
  CHECK_THAT(playground.read("a/figures/grid-parameters.csv"),
             Contains("step,scale of net: w") && Contains("\n2,0.2") && Contains("\n5,0.15"));
}

TEST_CASE("the report says what was followed, and shows the windows", "[program]") {
  const Playground playground;
  ForeignLog log(playground.path() / "run");
  for (const auto& [learner, five] : {std::pair("/x/", 25.0), {"/y/", 30.0}}) {
    const std::string name = learner;
    log.tensor(name + "w", sampled(five, 12))
        .put(name + "w/watched", {2, 5, 7}, H5T_STD_U32LE)
        .put(name + "windows", {11, 20}, H5T_STD_U32LE)
        .put(name + "steps", {40}, H5T_STD_U32LE);
  }
  log.close();
  playground.good({"report", "run"});
  CHECK_THAT(playground.read("run/report.html"), Contains("Levels are those of a sample: 3 of 10 weights.") &&
                                                     Contains("Windows in which all weights were followed") &&
                                                     Contains("11 to 20") && Contains("\"weight\":5"));
}

TEST_CASE("learners of one run whose samples share nothing are not called identical", "[program]") {
  const Playground playground;
  ForeignLog log(playground.path() / "run");
  for (const auto& [learner, weight] : {std::pair("/x/w", 2.0), {"/y/w", 5.0}})
    log.tensor(learner, testing::moving({3, 5})).put(std::string(learner) + "/watched", {weight}, H5T_STD_U32LE);
  log.tensor("/z/w", testing::moving({3, 5}, 3)).put("/z/w/watched", {1}, H5T_STD_U32LE);
  log.close();
  const testing::Told told = diffed(playground, {"run", "run", "--learners", "x,y"});
  CHECK(told.code == 2);
  CHECK_THAT(told.err, Contains("watch no weight"));
  CHECK(diffed(playground, {"run", "run", "--learners", "x,x"}).code == 0);
  CHECK(diffed(playground, {"run", "run", "--learners", "z,z"}).code == 0);
}

TEST_CASE("where nothing is followed levels are not compared", "[program]") {
  const Playground playground;
  for (const auto& [name, five] : {std::pair("a", 25.0), {"b", 30.0}})
    ForeignLog(playground.path() / name).tensor("/net/w", sampled(five, 12)).put("/net/w/watched", {}, H5T_STD_U32LE);
  CHECK(pair_of(playground, {"a", "b"})["identical"]["levels"].is_null());
  CHECK_THAT(diffed(playground, {"a", "b"}).out, Contains("Nothing that both recorded could be compared."));
}

TEST_CASE("logs that do not say how many updates there were keep their windows, and their looks", "[program]") {
  const Playground playground;
  for (const auto& [name, one] : {std::pair("a", 12.0), {"b", 14.0}})
    ForeignLog(playground.path() / name)
        .tensor("/net/w", {.initial = std::vector<double>(10, 0), .weight = {2, 1}, .step = {3, one}, .level = {1, 1}})
        .put("/net/w/watched", {2, 5}, H5T_STD_U32LE)
        .put("/net/windows", {11, 20}, H5T_STD_U32LE);
  const Json pair = pair_of(playground, {"a", "b"});
  CHECK(pair["identical"]["levels in windows"] == false);
  ForeignLog(playground.path() / "c").tensor("/net/w", testing::moving({3, 5})).put("/net/every", {4}, H5T_STD_U32LE);
  playground.good({"report", "c"});
  ForeignLog(playground.path() / "d").tensor("/net/w", testing::moving({3, 5})).put("/net/every", {3}, H5T_STD_U32LE);
  const testing::Told told = diffed(playground, {"c", "d"});
  CHECK(told.code == 2);
  CHECK_THAT(told.err, Contains("looked at after no update"));
}

TEST_CASE("a control is measured on what the pair follows", "[program]") {
  const Playground playground;
  for (const char* name : {"a", "b"}) {
    ForeignLog log(playground.path() / name);
    log.tensor("/q/w", sampled(25, 12)).tensor("/jitter/w", sampled(30, 12)).put("/q/steps", {40}, H5T_STD_U32LE);
    if (name[0] == 'b') log.put("/q/w/watched", {1, 2, 7}, H5T_STD_U32LE);
    log.json("summary.json", R"({"comparisons": [{"a": "q", "b": "jitter", "kind": "jitter", "metrics":
                                 {"average_change_point_error": 77}, "first_divergence": null}]})");
  }
  const Json metrics = pair_of(playground, {"a", "b", "--learners", "q,q"})["metrics"];
  CHECK(metrics["average_change_point_error"]["jitter"] == 0.0);
}

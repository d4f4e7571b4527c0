// SPDX-License-Identifier: MIT
// `steq diff` of learners that have no levels, or not equally many: values, losses and answers are compared all the same.
#include <catch2/catch.hpp>

#include "tests/experiments/program/program.hpp"

using namespace steq;
using namespace steq::testing;
using Catch::Contains;

namespace {

const Playground& with_unlike_run() {
  static const Playground playground;
  static const bool done = [] {
    playground.write_json("c.json", Json::parse(R"({
      "name": "unlike", "data": {"dataset": "synthetic-digits", "train_size": 100, "test_size": 50},
      "model": "mlp:hidden=12,depth=1", "optimizer": {"type": "sgd", "learning_rate": 0.1}, "batch_size": 20, "epochs": 2,
      "learners": [{"name": "a", "quantizer": "none"}, {"name": "b", "quantizer": "none", "learning_rate_scale": 1.1},
                   {"name": "q2", "quantizer": "uniform:bits=2"}, {"name": "q4", "quantizer": "uniform:bits=4"}]})"));
    playground.good({"run", "c.json", "--out", "run", "--quiet"});
    playground.good({"run", "c.json", "--out", "again", "--quiet"});
    return true;
  }();
  REQUIRE(done);
  return playground;
}

Json diff_of(const std::string& learners) {
  const Outcome outcome = with_unlike_run().steq({"diff", "run", "run", "--learners", learners, "--json"});
  CHECK(outcome.code == 1);
  return Json::parse(outcome.out);
}

}  // namespace

TEST_CASE("learners of unlike grids are compared by values, losses and answers", "[program]") {
  for (const char* learners : {"a,q2", "q2,a", "q2,q4", "a,b"}) {
    INFO(learners);
    const Json diff = diff_of(learners);
    CHECK_THAT(diff["verdict"].get<std::string>(), Contains("Levels were not compared"));
    const Json& pair = diff["pairs"][0];
    CHECK(pair["first_divergence"].is_null());
    CHECK(pair["identical"]["levels"].is_null());
    CHECK(pair["identical"]["final weights"] == false);
    CHECK(pair["metrics"]["quantized_weight_agreement"]["value"].is_null());
    CHECK(pair["metrics"]["quantized_value_distance"]["value"] > 0);
    CHECK(pair["metrics"]["inference_agreement"]["value"] > 0);
  }
}

TEST_CASE("the same values are told from `steq run` and from `steq diff`", "[program]") {
  const Json summary = with_unlike_run().json("run/summary.json");
  for (const Json& comparison : summary["comparisons"]) {
    if (comparison["a"] != "a") continue;
    const Json diff = diff_of("a," + comparison["b"].get<std::string>());
    for (const char* metric : {"quantized_value_distance", "mean_squared_logit_difference"})
      CHECK(diff["pairs"][0]["metrics"][metric]["value"].get<double>() ==
            Approx(comparison["metrics"][metric].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("two runs of the same unlike learners are identical", "[program]") {
  const Outcome outcome = with_unlike_run().steq({"diff", "run", "again"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("Identical: 4 learners"));
}

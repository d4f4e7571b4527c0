// SPDX-License-Identifier: MIT
// Predictions and orders, as a user runs them.
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using namespace steq::testing;

namespace {

const char* const kPrediction = R"({"kind": "predictions", "name": "p", "cases": [
  {"name": "drift", "prediction": "directed-motion", "estimator": "cosine:gate=none",
   "optimizer": {"type": "sgd", "learning_rate": 1e-3}, "gradient": "constant", "start": [0.05, 0.45],
   "steps": 300, "points": 8, "weights": 8}]})";

const char* const kOrder = R"({"kind": "orders", "name": "o", "factors": [1, 0.5, 0.25], "cases": [
  {"name": "sgd", "estimator": "cosine:gate=none", "optimizer": {"type": "sgd", "learning_rate": 1e-3},
   "gradient": "constant", "start": [0.05, 0.45], "steps": 200, "points": 8, "weights": 8}]})";

}  // namespace

TEST_CASE("a prediction that holds ends with 0, one that does not with 1") {
  const Playground playground;
  playground.write("p.json", kPrediction);
  const Outcome good = playground.steq({"run", "p.json", "--out", "run"});
  CHECK(good.code == 0);
  CHECK_THAT(good.out, Catch::Contains("1 of 1 predictions hold"));
  const Json summary = playground.json("run/summary.json");
  CHECK(summary["kind"] == "predictions");
  CHECK((summary["holds"] == true && summary["cases"][0]["holds"] == true));
  CHECK(summary["cases"][0]["deviation"].get<double>() < 0.05);
  for (const char* file : {"config.json", "manifest.json", "tables/drift.csv"})
    CHECK_FALSE(playground.read(std::string("run/") + file).empty());
  const Outcome strict = playground.steq({"run", "p.json", "--out", "strict", "--set", "cases[0].tolerance=1e-9"});
  CHECK(strict.code == 1);
  CHECK_THAT(strict.out, Catch::Contains("0 of 1 predictions hold"));
}

TEST_CASE("an order is fitted, and the resolved config gives the same bytes at any number of threads") {
  const Playground playground;
  playground.write("o.json", kOrder);
  CHECK(playground.steq({"run", "o.json", "--out", "run", "--threads", "1"}).code == 0);
  const Json c = playground.json("run/summary.json")["cases"][0];
  CHECK(c["order"].get<double>() == Approx(1).margin(0.05));
  CHECK((c["low"] <= c["order"] && c["order"] <= c["high"]));
  CHECK(playground.steq({"run", "run/config.json", "--out", "again", "--threads", "3"}).code == 0);
  CHECK(playground.read("run/summary.json") == playground.read("again/summary.json"));
  CHECK(playground.read("run/tables/sgd.csv") == playground.read("again/tables/sgd.csv"));
}

TEST_CASE("predictions and orders are drawn") {
  const Playground playground;
  playground.write("p.json", kPrediction);
  playground.write("o.json", kOrder);
  for (const auto& [config, figure] : {std::pair("p.json", "predictions"), std::pair("o.json", "orders")}) {
    const Outcome outcome = playground.steq_with_gnuplot({"run", config, "--out", figure});
    CHECK(outcome.code == 0);
    CHECK_THAT(outcome.err, !Catch::Contains("steq: "));
    const std::string drawn = playground.read(fmt::format("{0}/figures/{0}.svg", figure));
    CHECK_THAT(drawn, Catch::Contains("<svg") && Catch::Contains("bins"));
  }
}

TEST_CASE("a network's order is fitted; one that never errs has none") {
  const Playground playground;
  Json training = tiny();
  training.erase("epochs");
  training["steps"] = 40;
  training["optimizer"]["learning_rate"] = 0.001;
  Json order{{"kind", "orders"},
             {"name", "n"},
             {"factors", {1, 0.5, 0.25}},
             {"cases", {{{"name", "net"}, {"training", training}, {"learner", "q-hat"}, {"tolerance", 0.3}}}}};
  playground.write_json("n.json", order);
  CHECK(playground.steq({"run", "n.json", "--out", "run"}).code == 0);
  CHECK(playground.json("run/summary.json")["cases"][0]["order"].get<double>() == Approx(1).margin(0.3));
  CHECK_FALSE(playground.read("run/runs/net-0.25-0/summary.json").empty());
  order["cases"][0]["learner"] = "ste";
  playground.write_json("n.json", order);
  playground.refused({"run", "n.json", "--out", "none", "--quiet"}, 2, {"n: net: the error is 0 at 1 of the rate"});
  order["cases"][0]["learner"] = "stee";
  order["cases"][0]["set"] = {"optimizer.momentun=1"};
  playground.write_json("n.json", order);
  const Outcome refused = playground.steq({"run", "n.json", "--out", "none"});
  CHECK(refused.code == 2);
  CHECK_THAT(refused.err, Catch::Contains("n.json: ") && Catch::Contains("momentun"));
}

TEST_CASE("an unknown kind of experiment is refused") {
  const Playground playground;
  playground.write("x.json", R"({"kind": "order", "name": "x"})");
  const Outcome outcome = playground.steq({"run", "x.json"});
  CHECK(outcome.code == 2);
  CHECK_THAT(outcome.err, Catch::Contains("x.json: kind") && Catch::Contains("did you mean \"orders\"?"));
}

TEST_CASE("driven twins stand in the summary, with what theory predicts") {
  const Playground playground;
  Json config = tiny();
  config["data"]["normalize"] = "none";  // so that steps are short
  config["optimizer"]["learning_rate"] = 0.001;
  config["epochs"] = 5;
  config["record"]["driven_twins"] = true;
  config["learners"].push_back({{"name", "noisy"}, {"estimator", "stochastic-ste"}});
  playground.write_json("c.json", config);
  const Outcome outcome = playground.steq({"run", "c.json", "--out", "run"});
  REQUIRE(outcome.code == 0);
  CHECK_THAT(outcome.out, Catch::Contains("driven twin of"));
  const Json learners = playground.json("run/summary.json")["learners"];
  CHECK_FALSE(learners["ste"].contains("driven_twin"));
  const Json& twin = learners["q-hat"]["driven_twin"];
  CHECK(twin["error"].get<double>() > 0);
  CHECK(twin["unexplained"].get<double>() < 0.2);
  CHECK(learners["copy"]["driven_twin"] == twin);
  CHECK(learners["noisy"]["driven_twin"]["unexplained"].is_null());
  CHECK(learners["noisy"]["driven_twin"]["predicted"].get<double>() > 0);
}

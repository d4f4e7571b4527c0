// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "experiments/closed_forms/order_config.hpp"
#include "experiments/closed_forms/prediction_config.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;

namespace {

Json recipe() {
  return Json::parse(R"({"name": "c", "estimator": "cosine", "optimizer": {"type": "sgd", "learning_rate": 0.1},
                         "gradient": "coin", "start": [0.1, 0.4], "steps": 10})");
}

Json predictions() {
  Json c = recipe();
  c["prediction"] = "noise-drift";
  return {{"kind", "predictions"}, {"name", "p"}, {"cases", {c}}};
}

Json orders() { return {{"kind", "orders"}, {"name", "o"}, {"factors", {1, 0.5, 0.25}}, {"cases", {recipe()}}}; }

/// What a document in which the value at `pointer` is replaced is refused for.
template <class Read>
std::string case_refusal(Json document, const Read& read, const std::string& pointer, const Json& value) {
  document[Json::json_pointer(pointer)] = value;
  return testing::message<InputError>([&] { read(document, "f"); });
}

}  // namespace

TEST_CASE("a prediction's defaults are filled in, and reading them again changes nothing") {
  const PredictionExperiment read = read_predictions(predictions(), "f");
  REQUIRE(read.cases.size() == 1);
  CHECK(read.cases[0].tolerance == 0.05);
  CHECK(read.cases[0].recipe.learning_rate == 0.1);
  CHECK((read.cases[0].recipe.low == 0.1 && read.cases[0].recipe.high == 0.4));
  CHECK(to_text(read.cases[0].recipe.estimator) == "cosine:a=0.6,gate=range");
  const Json once = resolved(read);
  CHECK(resolved(read_predictions(once, "f")) == once);
}

TEST_CASE("an order's defaults are filled in, and reading them again changes nothing") {
  const OrderExperiment read = read_orders(orders(), "f");
  CHECK(read.factors == std::vector<double>{1, 0.5, 0.25});
  CHECK((read.repeats == 1 && std::get<ScalarLadder>(read.cases[0].ladder).time == TimeScale::directed &&
         read.cases[0].expected == 1));
  const Json once = resolved(read);
  CHECK(resolved(read_orders(once, "f")) == once);
}

TEST_CASE("bad values are refused with their place and what is allowed") {
  const auto predicted = [](const std::string& pointer, const Json& value) {
    return case_refusal(predictions(), read_predictions, pointer, value);
  };
  CHECK_THAT(predicted("/cases", Json::array()), Catch::Contains("f: cases") && Catch::Contains("at least one case"));
  CHECK_THAT(predicted("/cases/0/prediction", "noise-drit"), Catch::Contains("did you mean \"noise-drift\"?"));
  CHECK_THAT(predicted("/cases/0/gradient", "coins"), Catch::Contains("cases[0].gradient"));
  CHECK_THAT(predicted("/cases/0/start", {0.4, 0.1}),
             Catch::Contains("cases[0].start") && Catch::Contains("LOW <= HIGH"));
  CHECK_THAT(predicted("/cases/0/start", 3), Catch::Contains("cases[0].start"));
  CHECK_THAT(predicted("/cases/0/weights", 1000), Catch::Contains("a multiple of points, 16"));
  CHECK_THAT(predicted("/cases/0/steps", 0), Catch::Contains("cases[0].steps"));
  CHECK_THAT(predicted("/cases/0/tolerance", -1), Catch::Contains("cases[0].tolerance"));
  CHECK_THAT(predicted("/cases/0/optimizer", "sgd"), Catch::Contains("learning_rate"));
  CHECK_THAT(predicted("/cases/0/name", "a/b"), Catch::Contains("cases[0].name"));
  CHECK_THAT(predicted("/cases/0/colour", 1), Catch::Contains("unknown key"));
  CHECK_THAT(predicted("/cases/1", predictions()["cases"][0]), Catch::Contains("is the name of an earlier case"));
  const auto ordered = [](const std::string& pointer, const Json& value) {
    return case_refusal(orders(), read_orders, pointer, value);
  };
  for (const Json& factors : {Json{1, 0.5}, Json{0.5, 0.25, 0.1}, Json{1, 0.5, 0.5}, Json{1, 0.5, 0}, Json("x")})
    CHECK_THAT(ordered("/factors", factors), Catch::Contains("f: factors"));
  CHECK_THAT(ordered("/cases/0/time", "slow"), Catch::Contains("\"directed\" or \"diffusive\""));
  CHECK_THAT(ordered("/repeats", 0), Catch::Contains("f: repeats"));
}

TEST_CASE("all problems are reported at once") {
  Json document = predictions();
  document["cases"][0]["start"] = nullptr;
  document["cases"][0]["steps"] = "many";
  document["seed"] = -1;
  const std::string text = testing::message<InputError>([&] { read_predictions(document, "f"); });
  CHECK_THAT(text, Catch::Contains("start") && Catch::Contains("steps") && Catch::Contains("seed"));
}

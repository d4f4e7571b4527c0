// SPDX-License-Identifier: MIT
#include "plots/tables/case_tables.hpp"

#include <catch2/catch.hpp>

using namespace steq;
using Json = nlohmann::ordered_json;

TEST_CASE("a prediction that does not hold stands out", "[plots]") {
  const Json summary = Json::parse(R"({"name": "n", "description": "d", "cases": [
    {"name": "a", "prediction": "p", "predicted_size": 1.5, "measured_size": 1.25, "deviation": 0.2, "tolerance": 0.3, "holds": true},
    {"name": "b", "prediction": "p", "predicted_size": 0, "measured_size": 1e-7, "deviation": "NaN", "tolerance": 0.3, "holds": false}]})");
  const std::string text = prediction_table(summary);
  CHECK_THAT(text, Catch::StartsWith("n: d\n") && Catch::Contains("1.000e-07") && Catch::Contains("NO"));
  CHECK_THAT(text, Catch::EndsWith("Verdict: 1 of 2 predictions hold within their tolerance.\n"));
}

TEST_CASE("an order stands with its interval", "[plots]") {
  const Json summary = Json::parse(R"({"name": "n", "description": "d", "cases": [
    {"name": "a", "order": 1.01, "low": 0.95, "high": 1.07, "expected": 1, "tolerance": 0.1, "holds": true}]})");
  CHECK_THAT(order_table(summary),
             Catch::Contains("1.01") && Catch::Contains("0.95") && Catch::Contains("1 of 1 orders"));
}

// SPDX-License-Identifier: MIT
#include "experiments/studies/expectations.hpp"

#include <catch2/catch.hpp>

#include "tests/plots/studies/study_example.hpp"

using namespace steq;

namespace {

/// Of the example: the medians of the agreement are 0.75 (ste) and 0.875 (jitter) at "low".
Json met(const char* expectation) {
  return met_expectations(testing::study_example(), Json::array({Json::parse(expectation)}))[0];
}

bool holds(const char* expectation) { return met(expectation)["holds"].get<bool>(); }

}  // namespace

TEST_CASE("an expectation holds where the median lies between its bounds, which may be multiples of another") {
  CHECK(holds(R"({"value": "low: q / ste: quantized_weight_agreement", "at_least": 0.75, "at_most": 0.75})"));
  CHECK_FALSE(holds(R"({"value": "low: q / ste: quantized_weight_agreement", "at_least": 0.76})"));
  CHECK_FALSE(holds(R"({"value": "low: q / ste: quantized_weight_agreement", "at_most": 0.74})"));
  const char* twice = R"({"value": "low: q / ste: different_levels", "at_most": 2,
                          "times": "low: q / jitter: different_levels"})";
  CHECK(holds(twice));
  CHECK(met(twice)["measured"] == 0.25);
  CHECK(met(twice)["high"] == 0.25);
  CHECK_FALSE(holds(R"({"value": "low: q / ste: different_levels", "at_most": 1.9,
                        "times": "low: q / jitter: different_levels"})"));
}

TEST_CASE("what is undefined does not hold") {
  CHECK_FALSE(holds(R"({"value": "high: q / ste: quantized_weight_agreement", "at_most": 1})"));
  CHECK_FALSE(holds(R"({"value": "low: q / ste: quantized_weight_agreement", "at_least": 0,
                        "times": "high: q / ste: quantized_weight_agreement"})"));
}

// SPDX-License-Identifier: MIT
#include "experiments/studies/claims.hpp"

#include <catch2/catch.hpp>

#include "experiments/config/presets.hpp"
#include "records/json_text.hpp"

using namespace steq;

namespace {

/// A study that measured these values of "v: a / b: test_accuracy_difference", and demands at least `least`.
Json claimed_study(const std::vector<double>& values, double least, bool holds) {
  Json study{{"measurements", Json::array()},
             {"expectations",
              {{{"claim", "an-id"},
                {"says", "a is better"},
                {"source", "somebody"},
                {"value", "v: a / b: test_accuracy_difference"},
                {"at_least", least},
                {"holds", holds}},
               {{"value", "v: a / b: test_accuracy_a"}, {"at_least", 0}, {"holds", true}}}}};
  for (const double value : values)
    study["measurements"].push_back(
        {{"of", "v: a / b"}, {"status", "complete"}, {"values", {{"test_accuracy_difference", value}}}});
  return study;
}

}  // namespace

TEST_CASE("a claim has what was demanded, what was measured and a verdict", "[claims]") {
  const Json claims = claims_of(claimed_study({0.03, 0.02, 0.025}, 0.0125, true));
  REQUIRE(claims.size() == 1);  // the other expectation names none
  CHECK(claims[0]["id"] == "an-id");
  CHECK(claims[0]["demanded"] == "v: a / b: test_accuracy_difference at least 0.0125");
  CHECK(claims[0]["measured"] == Json{{"median", 0.025}, {"low", 0.02}, {"high", 0.03}, {"seeds", 3}});
  CHECK(claims[0]["verdict"] == "holds");
  CHECK(claims_of(claimed_study({0.04, 0.02}, 0.01, true))[0]["verdict"] == "below noise");
  CHECK(claims_of(claimed_study({0.001, 0.002}, 0.01, false))[0]["verdict"] == "fails");
  CHECK(claims_of(claimed_study({0.1, -0.1}, 0.01, false))[0]["verdict"] == "below noise");
  CHECK(claims_of(claimed_study({}, 0.01, false))[0]["measured"].is_null());
}

TEST_CASE("the studies of claims name a source for each", "[claims]") {
  std::size_t studies = 0;
  for (const Preset& preset : presets()) {
    const Json document = parse_json(preset.text, preset.name);
    if (!has_claims(document)) continue;
    ++studies;
    for (const Json& expectation : document["expect"])
      if (expectation.contains("claim")) {
        CHECK_FALSE(expectation["says"].get<std::string>().empty());
        CHECK_FALSE(expectation["source"].get<std::string>().empty());
      }
  }
  CHECK(studies == 7);
}

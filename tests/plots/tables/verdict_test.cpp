// SPDX-License-Identifier: MIT
#include "plots/tables/verdict.hpp"

#include <catch2/catch.hpp>

using namespace steq;
using Catch::Contains;
using Json = nlohmann::ordered_json;

namespace {

Json comparison(const std::string& b, const std::string& kind, const Json& agreement, const Json& first = nullptr) {
  return {{"a", "q-hat"},
          {"b", b},
          {"kind", kind},
          {"metrics", {{"quantized_weight_agreement", agreement}, {"changed_weight_share", 0.25}}},
          {"first_divergence", first}};
}

std::string headline(const std::vector<Json>& comparisons) {
  const auto all = verdicts({{"comparisons", comparisons}});
  REQUIRE(all.size() == 1);
  return all[0];
}

}  // namespace

TEST_CASE("the verdict weighs an equivalent pair against the jitter control") {
  CHECK_THAT(
      headline({comparison("ste", "equivalent", 0.999), comparison("jitter", "jitter", 0.99)}),
      Catch::StartsWith("q-hat and ste: 0.100 % of the weights end on different levels (25 % ever changed level), ") &&
          Contains("no more than the 1.00 % of the jitter control: the difference means nothing"));
  CHECK_THAT(headline({comparison("ste", "equivalent", 0.97), comparison("jitter", "jitter", 0.99)}),
             Contains("3.0 times the 1.00 % of the jitter control: above the control"));
  CHECK_THAT(headline({comparison("ste", "equivalent", 0.99), comparison("jitter", "jitter", 0.991)}),
             Contains("not told apart from the 0.900 % of the jitter control: the difference means nothing"));
  CHECK_THAT(headline({comparison("ste", "equivalent", 0.97), comparison("jitter", "jitter", 1.0)}),
             Contains("above the control") && !Contains("inf"));
  CHECK_THAT(headline({comparison("ste", "equivalent", 0.97)}), Contains("no jitter control"));
}

TEST_CASE("there is no verdict without change points or where the identical copy diverged") {
  CHECK_THAT(headline({comparison("ste", "equivalent", nullptr)}), Contains("no verdict, because change points"));
  const Json copy = comparison("copy", "identical", 0.5, {{"step", 3}});
  CHECK_THAT(headline({comparison("ste", "equivalent", 1.0), copy}),
             Contains("no verdict, because the identical copy"));
}

TEST_CASE("the rounding control is the floor, not the start one ulp off") {
  const Json pair = comparison("ste", "equivalent", 0.97), jitter = comparison("jitter", "jitter", 0.99);
  CHECK_THAT(headline({pair, comparison("r", "rounding", 0.95), jitter}),
             Contains("no more than the 5.00 % of the rounding control: below the rounding floor"));
  CHECK_THAT(headline({pair, comparison("r", "rounding", 0.971), jitter}),
             Contains("not told apart from the 2.90 % of the rounding control: at the rounding floor"));
  CHECK_THAT(headline({pair, comparison("u", "one-ulp", 0.95), jitter}), Contains("above the control"));
}

TEST_CASE("a share has the digits that its count supports") {
  Json pair = comparison("ste", "equivalent", 1 - 249 / 264960.0),
       jitter = comparison("j", "jitter", 1 - 239 / 264960.0);
  for (Json* c : {&pair, &jitter}) (*c)["weights"] = 264960;
  CHECK_THAT(headline({pair, jitter}),
             Catch::StartsWith("q-hat and ste: 0.094 % of the weights (249 of 264960) end on different levels") &&
                 Contains("not told apart from the 0.090 % (239 of 264960) of the jitter control"));
}

TEST_CASE("pairs that theory does not call equivalent get no verdict") {
  CHECK(verdicts({{"comparisons", {comparison("x", "other", 0.5), comparison("y", "jitter", 0.5)}}}).empty());
}

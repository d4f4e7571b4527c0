// SPDX-License-Identifier: MIT
#include "plots/tables/failed_assumptions.hpp"

#include <catch2/catch.hpp>

using namespace steq;
using Json = nlohmann::ordered_json;

namespace {

Json assumption(const std::string& name, const Json& holds, const std::string& b = "ste", bool required = true) {
  return {{"name", name}, {"holds", holds}, {"required", required}, {"tensor", "conv1.weight"}, {"pair", {"q", b}}};
}

}  // namespace

TEST_CASE("a pair of which a required assumption fails has a sentence that names them all") {
  const Json check{{"assumptions",
                    {assumption("positivity", true), assumption("step-size", false), assumption("lipschitz", false),
                     assumption("epsilon", nullptr), assumption("saturation", false, "ste", false),
                     assumption("step-size", false, "other")}}};
  const std::vector<std::string> sentences = failed_assumptions(check);
  REQUIRE(sentences.size() == 2);
  CHECK(sentences[0] ==
        "q and other: theory promises nothing about this pair, because its assumption step-size (conv1.weight) fails");
  CHECK(sentences[1] ==
        "q and ste: theory promises nothing about this pair, because its assumptions step-size (conv1.weight), "
        "lipschitz (conv1.weight) fail");
}

TEST_CASE("there is no sentence where all hold, nobody declared a pair, or nothing is known") {
  CHECK(failed_assumptions(nullptr).empty());
  CHECK(failed_assumptions({{"assumptions", {assumption("positivity", true)}}}).empty());
  Json alone = assumption("step-size", false);
  alone.erase("pair");
  CHECK(failed_assumptions({{"assumptions", {alone}}}).empty());
}

// SPDX-License-Identifier: MIT
#include "experiments/config/config_reader.hpp"

#include <catch2/catch.hpp>

using namespace steq;

namespace {

struct Reading {
  std::vector<Problem> problems;
  ConfigNode node(const std::string& text) { return {Json::parse(text), "here", &problems}; }
};

const std::vector<ParameterInfo> kDeclared{
    {.name = "size", .kind = Kind::integer, .fallback = std::nullopt, .meaning = "", .min = 1, .words = {}},
    {.name = "rate", .kind = Kind::number, .fallback = Value(0.5), .meaning = "", .words = {}}};

}  // namespace

TEST_CASE("Nodes know their paths, missing keys are null") {
  Reading reading;
  const ConfigNode node = reading.node(R"({"a": [{"b": 1}]})");
  CHECK(node.at("a").at(0).at("b").path == "here.a[0].b");
  CHECK(node.at("a").at(0).at("b").json == 1);
  CHECK(node.at("none").json.is_null());
}

TEST_CASE("An object is read by its declaration") {
  Reading reading;
  Values values = read_object(reading.node(R"({"size": 3, "more": {}})"), kDeclared, {"more"});
  CHECK(reading.problems.empty());
  CHECK(take_integer<int>(values, "size") == 3);
  CHECK(take<double>(values, "rate") == 0.5);
  CHECK(values.empty());
}

TEST_CASE("A nested value is refused once, as not allowed and not as missing") {
  Reading reading;
  Values values = read_object(reading.node(R"({"size": {"a": 1}})"), kDeclared);
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].place == "here.size");
  CHECK(reading.problems[0].text == "{\"a\":1} is not allowed; allowed: an integer >= 1");
  CHECK(take_integer<int>(values, "size") == 0);
}

TEST_CASE("A SPEC text opens into an object, other things stay") {
  Reading reading;
  CHECK(expanded(reading.node("\"dsq:k=2,gate=none\""), "type").json ==
        Json::parse(R"({"type":"dsq","gate":"none","k":2})"));
  CHECK(expanded(reading.node("[1]"), "type").json == Json::array({1}));
  CHECK(reading.problems.empty());
  CHECK(expanded(reading.node("\":\""), "type").json.is_discarded());
  CHECK(reading.problems.size() == 1);
}

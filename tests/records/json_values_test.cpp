// SPDX-License-Identifier: MIT
#include "records/json_values.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace steq;

TEST_CASE("Values survive the way to JSON and back with their kind") {
  const Value values[] = {true, std::int64_t{-3},      std::int64_t{4},  2.0,
                          0.1,  std::string("fan-in"), Numbers{1, -0.5}, Numbers{}};
  for (const Value& value : values) CHECK(to_value(Json::parse(to_json(value).dump())) == value);
}

TEST_CASE("What is no value gives none") {
  for (const char* text : {"null", "{}", R"({"a": 1})", R"(["a"])", "[1, true]", "[1, null]", "[[1]]"})
    CHECK_FALSE(to_value(Json::parse(text)));
}

TEST_CASE("An integer beyond 64 bits becomes a number") {
  CHECK(to_value(Json::parse("18446744073709551615")) == Value(18446744073709551615.0));
  CHECK(to_value(Json::parse("9223372036854775807")) == Value(std::int64_t{9223372036854775807}));
}

TEST_CASE("NaN and infinities are texts, never null") {
  const double infinity = kInfinity;
  const Json json{to_json(std::numeric_limits<double>::quiet_NaN()), to_json(infinity), to_json(-infinity),
                  to_json(1.5)};
  CHECK(json.dump() == R"(["NaN","Infinity","-Infinity",1.5])");
  CHECK(to_json(Value(infinity)) == "Infinity");
}

TEST_CASE("A spec becomes an object led by its name") {
  const Spec spec{"uniform", {{"bits", std::int64_t{3}}, {"range", std::string("fan-in")}}};
  CHECK(to_json(spec, "type").dump() == R"({"type":"uniform","bits":3,"range":"fan-in"})");
}

TEST_CASE("Long values are cut off in messages") {
  CHECK(shown(Json::array({1, "a"})) == R"([1,"a"])");
  CHECK(shown(Json(std::string(500, 'x'))).size() < 70);
}

// SPDX-License-Identifier: MIT
#include "records/json_text.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using Catch::StartsWith;

namespace {

std::string refusal_of_text(const std::string& text) {
  return testing::message<InputError>([&] { parse_json(text, "a.json"); });
}

}  // namespace

TEST_CASE("Comments are allowed and the order of keys is kept") {
  CHECK(parse_json("// one\n{\"b\": 1, /* two */ \"a\": [2]} // three", "a.json").dump() == R"({"b":1,"a":[2]})");
}

TEST_CASE("A syntax error names file, line and column") {
  CHECK_THAT(refusal_of_text("{\n  \"a\": 1,\n  \"b\": ,\n}"), StartsWith("a.json: line 3, column 8: "));
  CHECK_THAT(refusal_of_text(""), StartsWith("a.json: line 1, column 1: "));
  CHECK_THAT(refusal_of_text("{\"a\": NaN}"), StartsWith("a.json: line 1, column 7: "));
  CHECK_THAT(refusal_of_text("{} {}"), StartsWith("a.json: line 1, column 4: "));
  CHECK_THAT(refusal_of_text("/* open"), Contains("comment"));
}

TEST_CASE("A number too large for a double is named with its path") {
  CHECK(refusal_of_text("{\"a\": [0, {\"b\": 1e999}]}") == "a.json: a[1].b: number overflow parsing '1e999'");
}

TEST_CASE("Every key given twice is reported, equal keys of different objects are not") {
  CHECK(refusal_of_text(R"({"a": [{"k": 1}, {"k": 1, "k": 2}], "b": {"a": 1}, "b": 3})") ==
        "a.json: a[1].k: this key is given twice\na.json: b: this key is given twice");
  CHECK(refusal_of_text(R"({"a": [[1], {"k": 1}, {"k": 1}], "k": {"a": 1}})") == "no error");
}

TEST_CASE("Nesting is bounded") {
  CHECK(refusal_of_text(std::string(60, '[') + std::string(60, ']')) == "no error");
  CHECK_THAT(refusal_of_text(std::string(100000, '[')), Contains("nested deeper than 64 levels"));
}

TEST_CASE("An object has not so many keys that looking them up takes minutes") {
  std::string keys = "0";
  for (int i = 0; i < 300'000; ++i) keys += fmt::format(",\"{}\":0", i);
  CHECK_THAT(refusal_of_text("{\"k\":" + keys + "}"), Contains("an object of more than 10000 keys"));
  CHECK(parse_large_json("{\"k\":" + keys + "}", "a.json").size() == 300'001);
}

TEST_CASE("a NUL byte is refused wherever it stands, with its line") {
  for (const std::string& text :
       {std::string("{}\0", 3), std::string("{\n}\0 {{{", 8), std::string("\0", 1), std::string("{\"a\": \"\0\"}", 10)})
    CHECK_THROWS_AS(parse_json(text, "c.json"), InputError);
  CHECK_THROWS_WITH(parse_json(std::string("{\n}\0", 4), "c.json"),
                    Catch::StartsWith("c.json: line 2: there is a NUL"));
}

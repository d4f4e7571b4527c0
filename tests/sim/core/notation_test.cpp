// SPDX-License-Identifier: MIT
#include "sim/core/notation.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace steq;
using Catch::Matchers::Contains;

TEST_CASE("a SPEC is a name with values of four kinds", "[notation]") {
  const Spec spec = parse_spec("name:i=3,x=-2.5e-3,yes=true,word=fan-in,empty=", "");
  CHECK(spec.name == "name");
  CHECK(spec.values == Values{{"i", Value(std::int64_t{3})},
                              {"x", Value(-0.0025)},
                              {"yes", Value(true)},
                              {"word", Value("fan-in")},
                              {"empty", Value("")}});
  CHECK(parse_spec("dsq", "").values.empty());
}

TEST_CASE("a value goes up to the next comma outside parentheses, whatever = it contains", "[notation]") {
  const Spec spec = parse_spec("formula:q=max(0.2,1-pow(u,2)),from=level,r=u==0?1:2", "");
  CHECK(spec.values == Values{{"q", Value("max(0.2,1-pow(u,2))")}, {"from", Value("level")}, {"r", Value("u==0?1:2")}});
  CHECK(parse_spec("f:q=1)+(2,a=3", "").values == Values{{"q", Value("1)+(2,a=3")}});
  CHECK(parse_spec("f:q=1),a=3", "").values == Values{{"q", Value("1)")}, {"a", Value(std::int64_t{3})}});
  CHECK(parse_spec("p:knots=0.1:2;0.3:1", "").values == Values{{"knots", Value("0.1:2;0.3:1")}});
}

TEST_CASE("numbers are read whole or not at all", "[notation]") {
  CHECK(parse_value("1e400") == Value("1e400"));
  CHECK(parse_value("3x") == Value("3x"));
  CHECK(parse_value("99999999999999999999") == Value(1e20));
  CHECK(std::isnan(std::get<double>(parse_value("nan"))));
}

TEST_CASE("a list stands in a SPEC with slashes", "[notation]") {
  CHECK(to_text(Spec{"steps", {{"at", Value(Numbers{0.5, 0.75})}, {"factor", Value(0.1)}}}) ==
        "steps:at=0.5/0.75,factor=0.1");
  CHECK(parse_spec("steps:at=0.5/0.75", "").values.at("at") == Value("0.5/0.75"));
}

TEST_CASE("what is not a SPEC is refused with its place", "[notation]") {
  for (const char* bad : {"", ":k=1", "dsq:", "dsq:k", "dsq:=1", "dsq:k=1,", "dsq:k=1,k=2", "dsq:k=1,,a=2"}) {
    INFO(bad);
    CHECK_THROWS_WITH(parse_spec(bad, "--estimator"), Contains("--estimator: ") && Contains("name:key=value"));
  }
}

TEST_CASE("print is the inverse of parse", "[notation]") {
  for (const char* text : {"ste", "uniform:bits=2,range=1", "dsq:k=6.5", "ste:gate=none", "uniform:range=fan-in",
                           "dsq:k=0.1", "dsq:k=1e-300", "dsq:k=0.30000000000000004", "formula:q=max(0.2,1-u*u)",
                           "formula:from=level,q=u==0?1:2", "formula:q=1"})
    CHECK(to_text(parse_spec(text, "")) == text);
}

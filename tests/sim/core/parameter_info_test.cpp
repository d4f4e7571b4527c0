// SPDX-License-Identifier: MIT
#include "sim/core/parameter_info.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "tests/sim/core/parameter_examples.hpp"

using namespace steq;
using namespace steq::test;

TEST_CASE("accept refuses what is out of range, of another kind, or not a number", "[parameter_info]") {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN(), kInf = kInfinity;
  CHECK(accept(kRate, 0.0));
  for (const Value& bad : {Value(1.0), Value(-1e-9), Value(kNaN), Value(kInf), Value(true), Value("0.5")})
    CHECK_FALSE(accept(kRate, bad));
  for (const Value& bad : {Value(std::int64_t{0}), Value(2.5), Value(kNaN), Value(kInf), Value(1e300), Value("same")})
    CHECK_FALSE(accept(kCount, bad));
  CHECK(accept(kPadding, Value("same")));
  CHECK_FALSE(accept(kPadding, Value("sane")));
  CHECK_FALSE(accept(kFlag, Value(std::int64_t{1})));
  CHECK_FALSE(accept(kText, Value(1.5)));
}

TEST_CASE("a formula is a text, or a number taken for one", "[parameter_info]") {
  const ParameterInfo formula{.name = "q", .kind = Kind::formula};
  CHECK(accept(formula, Value("1+u")) == Value("1+u"));
  CHECK(accept(formula, Value(std::int64_t{3})) == Value("3"));
  CHECK(accept(formula, Value(0.1)) == Value("0.1"));
  CHECK_FALSE(accept(formula, Value(true)));
}

TEST_CASE("allowed says what may be written", "[parameter_info]") {
  CHECK(allowed(kPadding) == "an integer >= 0 or \"same\" or \"valid\"");
  CHECK(allowed(kText) == "a text");
  CHECK(allowed({.name = "x", .fallback = {}, .meaning = "", .max = 2}) == "a number <= 2");
  CHECK(allowed({.name = "x", .fallback = {}, .meaning = "", .min = 0, .min_excluded = true}) == "a number > 0");
}

TEST_CASE("a list of numbers is a list, one number, or numbers between slashes", "[parameter_info]") {
  const ParameterInfo at{.name = "at", .kind = Kind::numbers, .min = 0, .max = 1};
  CHECK(accept(at, Value(Numbers{0.5, 0.75})) == Value(Numbers{0.5, 0.75}));
  CHECK(accept(at, Value("0.5/0.75")) == Value(Numbers{0.5, 0.75}));
  CHECK(accept(at, Value(0.5)) == Value(Numbers{0.5}));
  CHECK(accept(at, Value(std::int64_t{1})) == Value(Numbers{1}));
  for (const Value& bad : {Value(Numbers{}), Value(Numbers{0.5, 2}), Value("0.5/"), Value("/0.5"), Value("0.5/x"),
                           Value(""), Value("0.5//1"), Value(true), Value("nan")})
    CHECK_FALSE(accept(at, bad));
  CHECK(allowed(at) == "a list of numbers in [0, 1]");
  CHECK(to_text(Value(Numbers{0.5, 2})) == "[0.5, 2]");
  CHECK_FALSE(accept(kText, Value(Numbers{1})));
}

TEST_CASE("a path is a text", "[parameter_info]") {
  const ParameterInfo path{.name = "path", .kind = Kind::path};
  CHECK(accept(path, Value("a/b")) == Value("a/b"));
  CHECK_FALSE(accept(path, Value(std::int64_t{2024})));
  CHECK(allowed(path) == "a path");
}

// SPDX-License-Identifier: MIT
#include "sim/core/parameters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/core/parameter_examples.hpp"

using namespace steq;
using namespace steq::test;
using Catch::Matchers::Contains;

namespace {

const std::vector<ParameterInfo> kAll{kRate, kCount, kPadding, kFlag, kText};

std::vector<Problem> problems_of(const Values& given) {
  std::vector<Problem> problems;
  resolve(kAll, given, "here", problems);
  return problems;
}

}  // namespace

TEST_CASE("resolve fills in defaults and keeps what is given", "[parameters]") {
  const Parameters p =
      resolve(kAll, {{"count", std::int64_t{3}}, {"padding", std::int64_t{2}}, {"flag", true}}, "here");
  CHECK(p.number("rate") == 0.5);
  CHECK(p.integer("count") == 3);
  CHECK(p.integer("padding") == 2);
  CHECK_FALSE(p.is_word("padding"));
  CHECK(p.boolean("flag"));
  CHECK(p.text("text") == "x");
  CHECK(resolve(kAll, {{"count", 3.0}}, "here").is_word("padding"));
}

TEST_CASE("an integer is accepted as a number and a whole number as an integer", "[parameters]") {
  const Parameters p = resolve(kAll, {{"rate", std::int64_t{0}}, {"count", 4.0}}, "here");
  CHECK(p.number("rate") == 0.0);
  CHECK(p.integer("count") == 4);
}

TEST_CASE("a parameter can refuse a value of the right kind", "[parameters]") {
  const ParameterInfo even{.name = "n", .kind = Kind::integer, .refusal = [](const Value& value) {
                             return std::get<std::int64_t>(value) % 2 ? to_text(value) + " is odd; allowed: even" : "";
                           }};
  CHECK(resolve({even}, {{"n", Value(4.0)}}, "here").integer("n") == 4);
  CHECK_THROWS_WITH(resolve({even}, {{"n", Value(3.0)}}, "here"), "here.n: 3 is odd; allowed: even");
}

TEST_CASE("all problems are reported at once, each with its place", "[parameters]") {
  const std::vector<Problem> problems = problems_of({{"rte", 0.1}, {"rate", 3.0}, {"flag", std::int64_t{1}}});
  REQUIRE(problems.size() == 4);
  CHECK(problems[0].place == "here.rte");
  CHECK_THAT(problems[0].text, Contains("rate, count, padding, flag, text") && Contains("did you mean \"rate\"?"));
  CHECK(problems[1].place == "here.rate");
  CHECK(problems[1].text == "3 is not allowed; allowed: a number in [0, 1)");
  CHECK(problems[2].text == "missing; required is an integer >= 1");
  CHECK(problems[3].text == "1 is not allowed; allowed: true or false");
  try {
    resolve(kAll, {{"rate", 3.0}}, "here");
    FAIL("nothing was thrown");
  } catch (const InputError& error) {
    CHECK(error.problems().size() == 2);
    CHECK_THAT(error.what(), Contains("here.rate: 3") && Contains("\nhere.count: missing"));
  }
}

TEST_CASE("a parameter can stand in place of another, and not beside it", "[parameters]") {
  const std::vector<ParameterInfo> either{{.name = "k", .fallback = Value(6.5)}, {.name = "a", .instead_of = "k"}};
  CHECK(resolve(either, {}, "here").values() == Values{{"k", Value(6.5)}});
  CHECK(resolve(either, {{"k", 2.0}}, "here").values() == Values{{"k", Value(2.0)}});
  const Parameters by_a = resolve(either, {{"a", 0.4}}, "here");
  CHECK((by_a.has("a") && !by_a.has("k") && by_a.number("a") == 0.4));
  CHECK(resolve(either, by_a.values(), "here").values() == by_a.values());
  CHECK_THROWS_WITH(resolve(either, {{"a", 0.4}, {"k", 6.5}}, "here"),
                    "here.k: not allowed beside a; allowed: k or a, not both");
}

TEST_CASE("suggestions come from near spellings alone", "[parameters]") {
  const std::vector<std::string> names{"momentum", "learning_rate", "sgd"};
  CHECK(suggestion("momentun", names) == "; did you mean \"momentum\"?");
  CHECK(suggestion("learnign_rate", names) == "; did you mean \"learning_rate\"?");
  CHECK(suggestion("sdg", names) == "; did you mean \"sgd\"?");
  CHECK(suggestion("quantizer", names).empty());
  CHECK(suggestion("x", std::vector<std::string>{}).empty());
}

TEST_CASE("asking for an undeclared parameter is the caller's mistake", "[parameters]") {
  CHECK_THROWS_AS(Parameters().number("x"), DomainError);
}

TEST_CASE("an unknown parameter that has another name elsewhere is told what it is called", "[parameters]") {
  const std::vector<ParameterInfo> declared{
      {.name = "at", .kind = Kind::number, .fallback = Value(0.5), .aliases = {{"milestones", "\"at\", in shares"}}},
      {.name = "factor", .fallback = Value(0.1), .aliases = {{"gamma"}}}};
  const auto said = [&](const std::string& name) {
    std::vector<Problem> problems;
    resolve(declared, {{name, Value(1.0)}}, "", problems);
    return problems.at(0).text;
  };
  CHECK_THAT(said("gamma"), Contains("did you mean \"factor\"?"));
  CHECK_THAT(said("milestones"), Contains("did you mean \"at\", in shares?"));
  CHECK_THAT(said("Mile-Stones"), Contains("did you mean \"at\", in shares?"));
}

TEST_CASE("what does not go together is told at the place of its plug-in", "[parameters]") {
  CHECK(at_place({{"k", "no"}}, "learners[0].estimator").at(0).place == "learners[0].estimator.k");
  CHECK(at_place({{"k", "no"}}, "").at(0).place == "k");
}

// SPDX-License-Identifier: MIT
#include "experiments/config/overrides.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;

namespace {

std::string after(const std::string& document, const std::vector<std::string>& overrides) {
  Json json = Json::parse(document);
  apply_overrides(json, overrides);
  return json.dump();
}

std::string refusal_of_overrides(const std::string& document, const std::vector<std::string>& overrides) {
  return testing::message<InputError>([&] { after(document, overrides); });
}

}  // namespace

TEST_CASE("A value is JSON, or else a text") {
  CHECK(after("{}", {"a=1"}) == R"({"a":1})");
  CHECK(after("{}", {"a=1.5e-3"}) == R"({"a":0.0015})");
  CHECK(after("{}", {"a=true"}) == R"({"a":true})");
  CHECK(after("{}", {"a=[1,{\"b\":2}]"}) == R"({"a":[1,{"b":2}]})");
  CHECK(after("{}", {"a=/data/x=y"}) == R"({"a":"/data/x=y"})");
  CHECK(after("{}", {"a=\"1\""}) == R"({"a":"1"})");
  CHECK(after("{}", {"a=1e999"}) == R"({"a":"1e999"})");
  CHECK(after("{}", {"a="}) == R"({"a":""})");
}

TEST_CASE("Paths go through objects and arrays, in either notation") {
  const std::string document = R"({"learners":[{"name":"a"},{"name":"b"}]})";
  CHECK(after(document, {"learners.1.name=c"}) == R"({"learners":[{"name":"a"},{"name":"c"}]})");
  CHECK(after(document, {"learners[0].name=c"}) == R"({"learners":[{"name":"c"},{"name":"b"}]})");
  CHECK(after(document, {"learners[2].name=c"}) == R"({"learners":[{"name":"a"},{"name":"b"},{"name":"c"}]})");
  CHECK(after("{}", {"data.path=x", "data.dataset=idx"}) == R"({"data":{"path":"x","dataset":"idx"}})");
}

TEST_CASE("The name of a plug-in becomes an object where a path goes into it") {
  CHECK(after(R"({"quantizer":"uniform"})", {"quantizer.bits=4"}) == R"({"quantizer":{"type":"uniform","bits":4}})");
  CHECK(after(R"({"data":"mnist"})", {"data.path=x"}) == R"({"data":{"dataset":"mnist","path":"x"}})");
  CHECK(after(R"({"learners":[{"estimator":"dsq:k=2"}]})", {"learners[0].estimator.gate=none"}) ==
        R"({"learners":[{"estimator":{"type":"dsq","k":2,"gate":"none"}}]})");
  CHECK(after(R"({"optimizer":{"schedule":"warmup-cosine"}})", {"optimizer.schedule.warmup=0.1"}) ==
        R"({"optimizer":{"schedule":{"type":"warmup-cosine","warmup":0.1}}})");
}

TEST_CASE("steps and epochs replace each other") {
  CHECK(after(R"({"epochs":3})", {"steps=10"}) == R"({"steps":10})");
  CHECK(after(R"({"steps":10})", {"epochs=3"}) == R"({"epochs":3})");
}

TEST_CASE("Everything wrong is reported, and the good overrides are applied") {
  Json json = Json::parse(R"({"name":"x","learners":[{}]})");
  const std::string text = testing::message<InputError>([&] {
    apply_overrides(json, {"seed", "=1", "a..b=1", "name.x=1", "learners.first=1", "learners[5]=1", "seed=3"});
  });
  CHECK(text ==
        "--set seed: there is no =; allowed: PATH=VALUE\n"
        "--set =1: a part of the path is empty; allowed: PATH=VALUE, as optimizer.learning_rate=0.1\n"
        "--set a..b=1: a part of the path is empty; allowed: PATH=VALUE, as optimizer.learning_rate=0.1\n"
        "--set name.x=1: name is \"x\", which has no \"x\"\n"
        "--set learners.first=1: \"first\" is not allowed; allowed: an index in [0, 1]\n"
        "--set learners[5]=1: \"5\" is not allowed; allowed: an index in [0, 1]");
  CHECK(json.dump() == R"({"name":"x","learners":[{}],"seed":3})");
}

TEST_CASE("A path through a number is refused") {
  CHECK(refusal_of_overrides(R"({"seed":1})", {"seed.x=1"}) == "--set seed.x=1: seed is 1, which has no \"x\"");
}

TEST_CASE("Where a key is a text, what looks like a number is one") {
  CHECK(after("{}", {"name=42"}) == R"({"name":"42"})");
  CHECK(after("{}", {"name=1e3"}) == R"({"name":"1e3"})");
  CHECK(after("{}", {"data.path=2024"}) == R"({"data":{"path":"2024"}})");
  CHECK(after("{}", {"data.path=\"2024\""}) == R"({"data":{"path":"2024"}})");
  CHECK(after("{}", {"init.file=true"}) == R"({"init":{"file":"true"}})");
  CHECK(after(R"({"learners":[{},{}]})", {"learners.0.name=7", "learners[1].like=7"}) ==
        R"({"learners":[{"name":"7"},{"like":"7"}]})");
  CHECK(after(R"({"learners":[{}]})", {"learners.0.equivalent_to=null"}) == R"({"learners":[{"equivalent_to":null}]})");
  CHECK(after(R"({"model":{"layers":["flatten"]}})", {"model.layers[0].name=1"}) ==
        R"({"model":{"layers":[{"type":"flatten","name":"1"}]}})");
  CHECK(after("{}", {"seed=42", "shuffle=true", "quantizer.bits=4"}) ==
        R"({"seed":42,"shuffle":true,"quantizer":{"bits":4}})");
}

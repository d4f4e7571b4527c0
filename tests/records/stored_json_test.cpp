// SPDX-License-Identifier: MIT
#include "records/stored_json.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;

namespace {

std::string of_summary(const std::string& text) {
  return testing::message<InputError>([&] { check_summary(Json::parse(text), "s"); });
}

std::string of_manifest(const std::string& text) {
  return testing::message<InputError>([&] { check_manifest(Json::parse(text), "m"); });
}

std::string of_epoch(const std::string& text) {
  return testing::message<InputError>([&] { check_epoch(Json::parse(text), "h, line 3"); });
}

}  // namespace

TEST_CASE("what steq writes passes, and what is not there", "[stored]") {
  CHECK(of_summary("null") == "no error");
  CHECK(of_summary("{}") == "no error");
  CHECK(of_summary(R"({"name": "n", "status": "finished", "learners": {"a": {"tensors": {"w": {}}}},
                       "comparisons": [{"a": "a", "b": "b", "kind": "one-ulp", "metrics": {"x": 1, "y": null, "z": "NaN"}}]})") ==
        "no error");
  CHECK(of_manifest(R"({"data": [], "results": [{"file": "f", "sha256": "0"}]})") == "no error");
  CHECK(of_epoch(R"({"learner": "a", "epoch": 1})") == "no error");
}

TEST_CASE("every value of the wrong type is named", "[stored]") {
  CHECK(of_summary("[1]") == "s: [1] is not allowed; allowed: an object");
  CHECK(of_summary(R"({"status": 3, "learners": {"a": 1, "b": {"tensors": {"w": 2}}},
                       "comparisons": [7, {"a": "a", "map": [], "metrics": 0, "kind": "Jitter"}]})") ==
        "s: status: 3 is not allowed; allowed: a text\n"
        "s: learners.a: 1 is not allowed; allowed: an object\n"
        "s: learners.b.tensors.w: 2 is not allowed; allowed: an object\n"
        "s: comparisons[0]: 7 is not allowed; allowed: an object\n"
        "s: comparisons[1].b: null is not allowed; allowed: a text\n"
        "s: comparisons[1].kind: \"Jitter\" is not allowed; allowed: equivalent, identical, rounding, one-ulp, jitter, "
        "other\n"
        "s: comparisons[1].map: [] is not allowed; allowed: identity, M\n"
        "s: comparisons[1].metrics: 0 is not allowed; allowed: an object");
  CHECK(of_manifest(R"({"data": {}, "results": [{"sha256": 1}]})") ==
        "m: data: {} is not allowed; allowed: an array\n"
        "m: results[0].sha256: 1 is not allowed; allowed: a text");
  CHECK(of_epoch("null") == "h, line 3: null is not allowed; allowed: an object");
  CHECK(of_epoch("{}") == "h, line 3: learner: null is not allowed; allowed: a text");
}

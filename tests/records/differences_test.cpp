// SPDX-License-Identifier: MIT
#include "records/differences.hpp"

#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("Only the leaves that differ are told, with their paths as --set takes them", "[differences]") {
  const Json a = Json::parse(R"({"x": {"y": 1, "z": [1, 2]}, "list": [{"k": 1}, {"k": 2}], "gone": true})");
  const Json b = Json::parse(R"({"x": {"y": 1, "z": [1, 3]}, "list": [{"k": 1}, {"k": 5}], "fresh": null})");
  const SettingDifferences found = differences(a, b);
  REQUIRE(found.size() == 4);
  CHECK(found[0].path == "x.z");
  CHECK(found[0].b == Json::parse("[1, 3]"));
  CHECK(found[1].path == "list[1].k");
  CHECK(found[1].a == Json(2));
  CHECK(found[2].path == "gone");
  CHECK_FALSE(found[2].b);
  CHECK(found[3].path == "fresh");
  CHECK_FALSE(found[3].a);
  CHECK(differences(a, a).empty());
}

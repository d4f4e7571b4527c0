// SPDX-License-Identifier: MIT
#include "plots/tables/settings.hpp"

#include <catch2/catch.hpp>

using namespace steq;

namespace {

std::vector<Setting> settings(const std::vector<std::string>& documents) {
  std::vector<Json> read;
  for (const std::string& document : documents) read.push_back(Json::parse(document));
  return differing_settings(read);
}

}  // namespace

TEST_CASE("only settings that differ are listed, by the path that --set takes") {
  const auto found =
      settings({R"({"name": "a", "optimizer": {"type": "sgd", "momentum": 0.9}, "steps": 5})",
                R"({"name": "b", "optimizer": {"type": "sgd", "momentum": 0}, "epochs": 1, "seed": null})"});
  REQUIRE(found.size() == 4);
  CHECK(found[0].path == "optimizer.momentum");
  CHECK(found[0].values == std::vector<std::string>{"0.9", "0"});
  CHECK(found[1].path == "steps");
  CHECK(found[1].values == std::vector<std::string>{"5", "-"});
  CHECK(found[3].values == std::vector<std::string>{"-", "none"});
}

TEST_CASE("learners are matched by name, not by place") {
  const auto found = settings({R"({"learners": [{"name": "x", "k": 1}, {"name": "y", "k": 2}]})",
                               R"({"learners": [{"name": "y", "k": 2}, {"name": "x", "k": 3}]})"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "learners.x.k");
}

TEST_CASE("equal documents have no differing settings") {
  CHECK(settings({R"({"compare": [["a", "b"]]})", R"({"compare": [["a", "b"]]})"}).empty());
  CHECK(settings({R"({"compare": [["a", "b"]]})", R"({"compare": [["a", "c"]]})"}).size() == 1);
}

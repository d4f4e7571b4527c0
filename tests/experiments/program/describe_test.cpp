// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "program.hpp"

using namespace steq;
using testing::Playground;

TEST_CASE("everything that a config can name has a page", "[program]") {
  const Playground playground;
  const Json all = playground.good_json({"describe", "--json"});
  const std::string overview = playground.good({"describe"});
  for (const char* kind : {"quantizers", "estimators", "optimizers", "layers", "models", "datasets", "presets",
                           "metrics", "assumptions"}) {
    INFO(kind);
    REQUIRE_FALSE(all[kind].empty());
    CHECK(playground.good_json({"describe", kind, "--json"}) == all[kind]);
    const std::string list = playground.good({"describe", kind});
    for (const Json& entry : all[kind]) {
      const std::string name = entry["name"];
      INFO(name);
      CHECK_THAT(overview, Catch::Contains("  " + name));
      CHECK_THAT(list, Catch::Contains("  " + name));
      CHECK(playground.good_json({"describe", kind, name, "--json"}) == entry);
      const std::string page = playground.good({"describe", kind, name});
      CHECK_THAT(page, Catch::StartsWith(name + "\n"));
      CHECK(testing::lines_of(page).size() >= 2);
    }
  }
}

TEST_CASE("describe refuses what there is not", "[program]") {
  const Playground playground;
  playground.refused({"describe", "estimator"}, 2, {"describe: unknown name \"estimator\"; allowed: quantizers, "});
  playground.refused({"describe", "estimators", "dsqq"}, 2, {"describe estimators: unknown name \"dsqq\"; allowed: "});
  playground.refused({"describe", "estimators", "dsqq", "--json"}, 2, {"describe estimators: unknown name \"dsqq\""});
}

TEST_CASE("a formula can be asked about, and refused", "[program]") {
  const Playground playground;
  const std::string formula = "formula:q=max(0.2,1-u*u)";
  CHECK(playground.good_json({"equiv", "--estimator", formula, "--quantizer", "uniform", "--json"})["in_class"] ==
        true);
  playground.refused({"equiv", "--estimator", "formula:q=1+y", "--quantizer", "uniform"}, 2,
                     {"--estimator.q: \"1+y\" has an unknown name at index 2, \"y\"; allowed: u, "});
}

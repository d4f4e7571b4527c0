// SPDX-License-Identifier: MIT
#include "experiments/commands/describe.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "sim/core/errors.hpp"

using namespace steq;
using Catch::Matchers::Contains;

namespace {

Json described(const std::string& kind, const std::string& name) {
  return Json::parse(describe({.kind = kind, .name = name, .json = true}));
}

void check_width(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(line.size() <= 100);
    CHECK((line.empty() || line.back() != ' '));
  }
}

}  // namespace

TEST_CASE("describe lists every kind with every entry", "[describe]") {
  const Json all = Json::parse(describe({.json = true}));
  const std::string text = describe({});
  for (const DescribeKind& kind : describe_kinds()) {
    INFO(kind.name);
    const std::vector<Json> entries = kind.entries();
    CHECK_FALSE(entries.empty());
    CHECK(all[kind.name] == Json(entries));
    for (const Json& entry : entries) {
      CHECK_FALSE(entry["summary"].get<std::string>().empty());
      CHECK_THAT(text, Contains(entry["name"].get<std::string>()));
    }
  }
}

TEST_CASE("describe keeps to 100 columns on every page", "[describe]") {
  check_width(describe({}));
  for (const DescribeKind& kind : describe_kinds()) {
    check_width(describe({.kind = kind.name}));
    for (const Json& entry : kind.entries()) check_width(describe({.kind = kind.name, .name = entry["name"]}));
  }
}

TEST_CASE("describe says of each parameter what is allowed", "[describe]") {
  const Json bits = described("quantizers", "uniform")["parameters"][0];
  CHECK(bits == Json{{"name", "bits"},
                     {"kind", "integer"},
                     {"default", 2},
                     {"allowed", "an integer in [1, 8]"},
                     {"meaning", "bits a weight; 2^bits levels"}});
  CHECK_THAT(describe({.kind = "quantizers", .name = "uniform"}), Contains("an integer in [1, 8]; default 2"));
}

TEST_CASE("describe adds bounds, alpha and a graph to an estimator", "[describe]") {
  const Json dsq = described("estimators", "dsq");
  CHECK(dsq["grid"] == "uniform:bits=2,range=1");
  CHECK(dsq["alpha"].get<double>() == Approx(0.454376).margin(1e-6));
  CHECK(dsq["bounds"]["upper"].get<double>() == Approx(2.224292).margin(1e-6));
  CHECK(dsq["lipschitz"].get<double>() == Approx(11.1297).margin(1e-4));
  CHECK(dsq["traits"]["positive"] == true);
  const Json& graph = dsq["graph"];
  for (const char* key : {"u", "q", "surrogate", "map"}) CHECK(graph[key].size() == graph["u"].size());
  const std::size_t last = graph["u"].size() - 1;
  for (const char* key : {"u", "surrogate", "map"}) {
    CHECK(graph[key][0].get<double>() == Approx(-0.5));
    CHECK(graph[key][last / 2].get<double>() == Approx(0).margin(1e-15));
    CHECK(graph[key][last].get<double>() == Approx(0.5));
  }
  CHECK(graph["q"][0].get<double>() == Approx(dsq["bounds"]["lower"].get<double>()));
}

TEST_CASE("describe refuses unknown kinds and names with a suggestion", "[describe]") {
  CHECK_THROWS_WITH(describe({.kind = "estimator"}), Contains("allowed: ") && Contains("did you mean \"estimators\"?"));
  CHECK_THROWS_WITH(describe({.kind = "estimators", .name = "cosin"}), Contains("did you mean \"cosine\"?"));
  CHECK_THROWS_AS(describe({.kind = "estimators", .name = ""}), InputError);
}

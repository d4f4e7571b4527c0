// SPDX-License-Identifier: MIT
#include "experiments/commands/describe.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "sim/core/errors.hpp"
#include "sim/estimators/estimator.hpp"

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
  CHECK_THAT(describe({.kind = "quantizers", .name = "ttq"}),
             Contains("positive, learned: ") && Contains("threshold, fitted to the weights: "));
  CHECK(described("quantizers", "uniform")["grid_parameters"].empty());
  CHECK(described("quantizers", "soft-staircase")["grid_parameters"][2]["by"] == "on a schedule");
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

TEST_CASE("describe gives q to other programs: expression, symbols and gate", "[describe]") {
  for (const auto& entry : estimator_registry().entries()) {
    const Json json = described("estimators", entry.info.name);
    INFO(json["name"]);
    CHECK_FALSE(json["expression"].get<std::string>().empty());
    CHECK(json["symbols"].is_object());
    CHECK(json["gate"]["kind"] == (entry.info.needs.empty() && entry.info.name != "reste" ? "range" : "none"));
  }
  const Json dsq = described("estimators", "dsq");
  CHECK(dsq["expression"] == "e/(tanh(e)*cosh(2*e*u)^2)");
  CHECK(dsq["symbols"] == Json{{"e", 6.5 / 3}});
  CHECK(dsq["gate"] == Json{{"kind", "range"}, {"cut", nullptr}});
  CHECK(described("estimators", "reste")["gate"] == Json{{"kind", "none"}, {"cut", 1.5}});
  const std::string page = describe({.kind = "estimators", .name = "ste"});
  CHECK_THAT(page, Contains("\n  expression  1\n  gate        kind range, cut none\n") && !Contains("symbols"));
}

TEST_CASE("describe shows an estimator with any parameters, on any grid", "[describe]") {
  const auto shown = [](const char* spec, std::optional<std::string> quantizer = {}) {
    return Json::parse(describe({.kind = "estimators", .name = spec, .json = true, .quantizer = quantizer}));
  };
  CHECK(shown("dsq:k=6.5") == [] {
    Json usual = described("estimators", "dsq");
    usual["warnings"] = Json::array();  // those of the grid shown
    return usual;
  }());
  const Json flat = shown("dsq:k=30", "uniform:bits=4");
  CHECK((flat["grid"] == "uniform:bits=4" && flat["symbols"]["e"] == 2.0));
  CHECK(shown("dsq", "lsq")["gate"]["kind"] == "range");
  CHECK(shown("formula", "sign")["expression"] == "1+0.5*cos(2*pi*u)");
  CHECK_THAT(shown("exact:form=wide")["expression"].get<std::string>(), Contains("cosh(beta*(w-t)/2)"));
  CHECK_THROWS_WITH(shown("dsq:k=0"), Contains("describe estimators.k: 0 is not allowed"));
  CHECK_THROWS_WITH(shown("dsqq:k=1"), Contains("describe estimators: unknown name \"dsqq\""));
  CHECK_THROWS_WITH(shown("dsq", "none"), Contains("--quantizer: none is not allowed: it has no levels"));
  CHECK_THROWS_WITH(shown("dsq", "twn"), Contains("describe estimators: ") && Contains("differ in width"));
  CHECK_THROWS_WITH(describe({.kind = "models", .name = "mlp", .quantizer = "sign"}),
                    Contains("--quantizer: not allowed here"));
  CHECK_THROWS_WITH(describe({.kind = "estimators", .name = "dsq", .markdown = true, .quantizer = "sign"}),
                    Contains("--quantizer: not allowed here"));
}

TEST_CASE("tables do not run together", "[describe]") {
  const auto columns = [](const std::string& line) {
    std::vector<std::string> found(1);
    std::size_t blanks = 0;
    for (const char c : line) {
      if (c == ' ') {
        ++blanks;
        continue;
      }
      if (blanks > 1 && !found.back().empty()) found.emplace_back();
      if (blanks == 1 && !found.back().empty()) found.back() += ' ';
      found.back() += c;
      blanks = 0;
    }
    return found;
  };
  for (const auto& entry : estimator_registry().entries()) {
    INFO(entry.info.name);
    std::istringstream lines(describe({.kind = "estimators", .name = entry.info.name}));
    std::string line;
    while (std::getline(lines, line) && line != "  graph") continue;
    REQUIRE(std::getline(lines, line));
    const std::size_t titles = columns(line).size();
    CHECK(titles >= 3);
    int rows = 0;
    for (; std::getline(lines, line); ++rows) {
      INFO(line);
      CHECK(columns(line).size() == titles);
    }
    CHECK(rows == 11);
  }
}

TEST_CASE("graphs show what the sign of the gradient decides, and the other things beside the weight", "[describe]") {
  const Json graph = described("estimators", "ewgs")["graph"];
  const std::size_t last = graph["u"].size() - 1, quarter = 3 * last / 4;
  CHECK(graph["q"][quarter] == 1.0);
  CHECK(graph["q, gradient > 0"][quarter].get<double>() == Approx(0.95));
  CHECK(graph["q, gradient < 0"][quarter].get<double>() == Approx(1.05));
  CHECK_THAT(describe({.kind = "estimators", .name = "ewgs"}), Contains("q, gradient > 0  q, gradient < 0"));
  CHECK(described("estimators", "stochastic-ste")["graph"].contains("q, most"));
  CHECK_FALSE(described("estimators", "dsq")["graph"].contains("q, q(w)"));
}

TEST_CASE("describe says what others call it, and warns", "[describe]") {
  const std::string dsq = describe({.kind = "estimators", .name = "dsq"});
  CHECK_THAT(dsq, Contains("MQBench: DSQFakeQuantize(alpha=0.4) is dsq:a=0.4 here") && Contains("in place of k") &&
                      Contains("on uniform:bits=8: q varies by only"));
  const Json json = described("estimators", "dsq");
  CHECK(json["parameters"][1]["instead_of"] == "k");
  CHECK(json["elsewhere"][0] == Json{{"library", "MQBench"},
                                     {"name", "DSQFakeQuantize(alpha=0.4)"},
                                     {"here", "dsq:a=0.4"},
                                     {"remark", "which is k = 0.6931 (2^bits - 1)"}});
  CHECK_THAT(json["convention"].get<std::string>(), Contains("tanh e = 1 - a"));
  CHECK(json["warnings"].size() == 5);  // 8 bits of three quantizers, 1 bit, sign
  CHECK_THAT(described("estimators", "sigmoid-sum")["remarks"][0].get<std::string>(), Contains("up to 0.272 larger"));
  CHECK(described("estimators", "ste")["warnings"].empty());
}

TEST_CASE("describe refuses unknown kinds and names with a suggestion", "[describe]") {
  CHECK_THROWS_WITH(describe({.kind = "estimator"}), Contains("allowed: ") && Contains("did you mean \"estimators\"?"));
  CHECK_THROWS_WITH(describe({.kind = "estimators", .name = "cosin"}), Contains("did you mean \"cosine\"?"));
  CHECK_THROWS_AS(describe({.kind = "estimators", .name = ""}), InputError);
}

TEST_CASE("where bins differ in width the graph of an estimator goes over the range", "[describe]") {
  for (const char* name : {"exact", "ttq-scaled"}) {
    INFO(name);
    const Json graph = described("estimators", name)["graph"];
    CHECK(!graph.contains("u"));
    for (const Json& w : graph["w / W"]) CHECK(w.is_number());
  }
}

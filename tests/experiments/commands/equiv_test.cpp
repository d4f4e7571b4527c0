// SPDX-License-Identifier: MIT
#include "experiments/commands/equiv.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "records/json_values.hpp"
#include "records/safetensors.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Matchers::Contains;

namespace {

Json run(EquivOptions options) {
  options.json = true;
  return Json::parse(equiv(options));
}

}  // namespace

TEST_CASE("equiv prints one JSON document of the promised shape", "[equiv]") {
  const Json result = run({.estimator = "dsq:k=6.5", .quantizer = "uniform:bits=2", .map = {0.1, -0.3}});
  std::vector<std::string> keys;
  for (const auto& [key, value] : result.items()) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{"alpha", "learning_rate_factor", "initialization", "in_class", "reasons",
                                         "map", "q", "closed_form", "warnings"});
  CHECK(result["alpha"].get<double>() == Approx(0.454376).margin(1e-6));
  CHECK(result["learning_rate_factor"] == result["alpha"]);
  CHECK(result["initialization"] == "M");
  CHECK(result["in_class"] == true);
  CHECK(result["reasons"].empty());
  REQUIRE(result["map"].size() == 2);
  CHECK(result["map"][0]["w"] == 0.1);
  CHECK(result["map"][0]["m"].get<double>() == Approx(0.023557909903).margin(1e-12));
  CHECK(result["map"][1]["m"].get<double>() == Approx(-0.224636668826).margin(1e-12));
}

TEST_CASE("equiv says what multiplies gradients, with the gate", "[equiv]") {
  const auto q = [](const char* estimator) {
    return run({.estimator = estimator, .quantizer = "sign", .map = {0.25, -2}})["q"];
  };
  CHECK(q("ste") == Json::parse(R"([{"w": 0.25, "q": 1.0}, {"w": -2.0, "q": 0.0}])"));
  CHECK(q("ste:gate=none")[1]["q"] == 1);
  CHECK(q("approx-sign")[0]["q"] == 1.5);
  CHECK(q("reste:o=1,t=1.5")[1]["q"] == 0);
  CHECK(q("ewgs")[0]["q"] == 1);            // the mean over signs
  CHECK(q("stochastic-ste")[0]["q"] == 1);  // the mean over draws
  CHECK(run({.estimator = "ste", .quantizer = "sign"})["q"] == Json::array());
}

TEST_CASE("equiv's range is 1 unless the quantizer's SPEC gives another", "[equiv]") {
  const auto m = [](const char* quantizer) {
    return run({.estimator = "dsq:k=2", .quantizer = quantizer, .map = {0.3}})["map"][0]["m"].get<double>();
  };
  CHECK(m("uniform:bits=1") == Approx(0.086592154858).margin(1e-12));
  CHECK(m("uniform:bits=1") == m("uniform:bits=1,range=1"));
  CHECK(m("uniform:bits=1") != Approx(m("uniform:bits=1,range=2")));
}

TEST_CASE("equiv asks nothing of adam and rmsprop", "[equiv]") {
  for (const char* optimizer : {"adam", "rmsprop"}) {
    const Json result = run({.estimator = "cosine", .quantizer = "uniform:bits=2", .optimizer = optimizer});
    CHECK(result["alpha"].get<double>() == Approx(0.8));
    CHECK(result["learning_rate_factor"] == 1.0);
    CHECK(result["initialization"] == "identity");
    CHECK(result["map"].is_array());
  }
  CHECK(run({.estimator = "cosine", .quantizer = "sign", .optimizer = "sgd:momentum=0.9"})["initialization"] == "M");
}

TEST_CASE("equiv writes null where alpha does not exist", "[equiv]") {
  const Json result = run({.estimator = "dsq:k=1000", .quantizer = "sign", .map = {0.1}});
  CHECK(result["alpha"].is_null());
  CHECK(result["learning_rate_factor"].is_null());
  CHECK(result["map"][0]["m"].is_null());
  CHECK(result["in_class"] == false);
  CHECK_FALSE(result["reasons"].empty());
}

TEST_CASE("equiv reports all bad options at once", "[equiv]") {
  const EquivOptions bad{.estimator = "dsqq",
                         .quantizer = "uniform:bits=9",
                         .optimizer = "sgd:momentun=0",
                         .map = {0, std::nan(""), INFINITY}};
  try {
    equiv(bad);
    FAIL("nothing was thrown");
  } catch (const InputError& error) {
    CHECK(error.problems().size() == 5);
    CHECK_THAT(error.what(), Contains("--quantizer.bits: 9") && Contains("did you mean \"dsq\"?") &&
                                 Contains("did you mean \"momentum\"?") && Contains("--map[1]: nan") &&
                                 Contains("--map[2]: inf"));
  }
}

TEST_CASE("equiv's text names alpha, the start and the map", "[equiv]") {
  const std::string text = equiv({.estimator = "triangular", .quantizer = "sign:range=0.5", .map = {0.1}});
  CHECK_THAT(text, Contains("0.865617024533") && Contains("M(w0)") && Contains("one threshold: alpha is free") &&
                       Contains("0.0586163134"));
}

TEST_CASE("equiv shows alpha and M as formulas where they are elementary", "[equiv]") {
  const Json form = run({.estimator = "cosine:a=0.6", .quantizer = "uniform:bits=2"})["closed_form"];
  CHECK(form["alpha"] == "sqrt(1-a^2)");
  CHECK_THAT(form["map"].get<std::string>(), Contains("tan(pi*u)"));
  CHECK(form["symbols"]["a"] == 0.6);
  const std::string text = equiv({.estimator = "dsq:k=6.5", .quantizer = "uniform:bits=2"});
  CHECK_THAT(text, Contains("\nalpha formula         2*e^2/") && Contains("\nM formula             (2*e*u+sinh") &&
                       Contains("where e = 2.16666666667"));
  for (const char* none : {"sigmoid-sum", "approx-sign", "ewgs", "formula:q=1"}) {
    CHECK(run({.estimator = none, .quantizer = "uniform:bits=2"})["closed_form"].is_null());
    CHECK_THAT(equiv({.estimator = none, .quantizer = "uniform:bits=2"}), !Contains("formula"));
  }
}

TEST_CASE("equiv warns of an estimator that is hardly another one than the STE, or hardly moves", "[equiv]") {
  const Json flat = run({.estimator = "dsq", .quantizer = "uniform:bits=8"});
  REQUIRE(flat["warnings"].size() == 1);
  CHECK_THAT(flat["warnings"][0].get<std::string>(), Contains("q varies by only 0.065 % over a bin"));
  CHECK_THAT(equiv({.estimator = "dsq", .quantizer = "sign"}), Contains("\nwarning               alpha is 0.000764"));
  CHECK(run({.estimator = "dsq", .quantizer = "uniform:bits=2"})["warnings"].empty());
}

TEST_CASE("equiv keeps the name of a tensor apart from its range, however long it is", "[equiv]") {
  const testing::TemporaryDirectory directory;
  const std::string in = directory.file("in"), out = directory.file("out");
  write_safetensors(in, {.tensors = {{"layer1.0.conv1.weight", {2, 3}, std::vector<float>(6, 0.1F)},
                                     {"fc.weight", {2, 3}, std::vector<float>(6, 0.1F)}},
                         .metadata = {}});
  const std::string text =
      equiv({.estimator = "dsq", .quantizer = "uniform", .weights = WeightsOptions{.file = in, .out = out}});
  CHECK_THAT(text,
             Contains("\nmapped layer1.0.conv1.weight  range 1.41") && Contains("\nmapped fc.weight      range 1.41"));
}

TEST_CASE("equiv takes formulas with commas and equals signs", "[equiv]") {
  const Json result = run({.estimator = "formula:q=max(0.2,1-u*u),from=level", .quantizer = "uniform:bits=2"});
  CHECK(result["in_class"] == true);
  const Json ramp = run({.estimator = "formula:q=1.5-abs(w)/W", .quantizer = "uniform:bits=3"});
  CHECK((ramp["in_class"] == false && ramp["alpha"].is_null()));
  CHECK_THAT(ramp["reasons"][0].get<std::string>(), Contains("alpha differs from bin to bin"));
  const Json signs = run({.estimator = "formula:q=1+0.2*g*u", .quantizer = "uniform:bits=3"});
  CHECK((signs["in_class"] == false && signs["alpha"].is_null()));
  CHECK_THAT(signs["reasons"].dump(), Contains("q depends on the gradient's sign"));
  CHECK_THROWS_WITH(run({.estimator = "formula:q=1-2*abs(w)", .quantizer = "uniform:bits=2"}),
                    Catch::StartsWith("--estimator.q: \"1-2*abs(w)\" is -1 at w = -1"));
  CHECK_THROWS_WITH(
      run({.estimator = "formula:q=1+x", .quantizer = "uniform:bits=9"}),
      Contains("--quantizer.bits: 9") && Contains("--estimator.q: \"1+x\" has an unknown name at index 2"));
}

// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "records/safetensors.hpp"
#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
using testing::Playground;

namespace {

Json equiv(const testing::Words& more) {
  testing::Words call{"equiv", "--json"};
  call.insert(call.end(), more.begin(), more.end());
  return Playground().good_json(call);
}

struct Published {
  std::string estimator, quantizer;
  std::vector<std::pair<double, double>> map;
};

}  // namespace

TEST_CASE("equiv reproduces the published values of M", "[program]") {
  const std::vector<Published> all{
      {"dsq:k=6.5",
       "uniform:bits=2",
       {{0.05, 0.010581224226}, {0.1, 0.023557909903}, {0.2, 0.073027530341}, {0.3, 0.224636668826}}},
      {"dsq:k=2", "uniform:bits=1", {{0.1, 0.025910977031}, {0.3, 0.086592154858}}},
      {"dsq:k=18", "uniform:bits=4,range=1", {{0.01, 0.006168364574}, {0.05, 0.040190152607}, {0.1, 0.110370519497}}},
      {"triangular", "uniform:bits=1,range=0.5", {{0.1, 0.058616313409}, {0.3, 0.215624119063}}},
      {"cosine:a=0.6", "uniform:bits=1,range=0.5", {{0.1, 0.051264693787}, {0.3, 0.191863317248}}}};
  for (const Published& published : all)
    for (const double sign : {1.0, -1.0}) {
      std::string weights;
      for (const auto& [w, m] : published.map) weights += (weights.empty() ? "" : ",") + fmt::format("{}", sign * w);
      const Json result =
          equiv({"--estimator", published.estimator, "--quantizer", published.quantizer, "--map", weights});
      REQUIRE(result["map"].size() == published.map.size());
      for (std::size_t i = 0; i < published.map.size(); ++i) {
        CHECK(result["map"][i]["w"] == sign * published.map[i].first);
        CHECK(result["map"][i]["m"].get<double>() == Approx(sign * published.map[i].second).margin(1.1e-12));
      }
    }
}

TEST_CASE("equiv --json is one document with the keys of the contract", "[program]") {
  const Json result = equiv({"--estimator", "dsq:k=6.5", "--quantizer", "uniform:bits=2", "--map=-0.1,0.2"});
  std::vector<std::string> keys;
  for (const auto& [key, value] : result.items()) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{"alpha", "learning_rate_factor", "initialization", "in_class", "reasons",
                                         "map", "q", "closed_form", "warnings"});
  CHECK(result["alpha"].get<double>() == Approx(0.454376).margin(1e-6));
  CHECK(result["alpha"] == result["learning_rate_factor"]);
  CHECK(result["initialization"] == "M");
  CHECK(result["in_class"] == true);
  CHECK(result["reasons"].is_array());
  CHECK(result["map"][0].size() == 2);
  CHECK(result["map"][0]["w"] == -0.1);
}

TEST_CASE("equiv takes negative weights in every spelling", "[program]") {
  const testing::Words call{"--estimator", "dsq", "--quantizer", "uniform"};
  const auto map = [&](testing::Words more) {
    more.insert(more.begin(), call.begin(), call.end());
    return equiv(more)["map"];
  };
  const Json map_of_two = map({"--map=-0.1,0.2"});
  CHECK(map_of_two.size() == 2);
  CHECK(map({"--map", "-0.1,0.2"}) == map_of_two);
  CHECK(map({"--map=-0.1", "--map=0.2"}) == map_of_two);
  CHECK(map({"--map=-.1,.2"}) == map_of_two);
  CHECK(map({"--map=-1e-1,2e-1"}) == map_of_two);
  CHECK(map({}).empty());
}

TEST_CASE("adam and rmsprop need no rescaling", "[program]") {
  for (const char* optimizer : {"adam", "rmsprop", "adam:beta1=0.5"}) {
    const Json result = equiv({"--estimator", "dsq:k=6.5", "--quantizer", "uniform:bits=2", "--optimizer", optimizer});
    CHECK(result["initialization"] == "identity");
    CHECK(result["learning_rate_factor"] == 1);
    CHECK(result["alpha"].get<double>() == Approx(0.454376).margin(1e-6));
  }
}

TEST_CASE("without alpha the document has nulls", "[program]") {
  const Json result = equiv({"--estimator", "dsq:k=1000", "--quantizer", "sign", "--map", "0.1"});
  CHECK(result["alpha"].is_null());
  CHECK(result["learning_rate_factor"].is_null());
  CHECK(result["map"] == Json::parse(R"([{"w": 0.1, "m": null}])"));
  CHECK(result["in_class"] == false);
  CHECK_FALSE(result["reasons"].empty());
}

TEST_CASE("equiv refuses bad input, all at once", "[program]") {
  const Playground playground;
  playground.refused({"equiv", "--estimator", "dsq:k=0", "--quantizer", "unifrom", "--optimizer", "adam:beta1=nan"}, 2,
                     {"--quantizer: unknown quantizer \"unifrom\"; allowed: none, uniform, sign,",
                      "--estimator.k: 0 is not allowed; allowed: a number in (0, 1000]",
                      "--optimizer.beta1: NaN is not allowed; allowed: a number in [0, 1)"});
  playground.refused({"equiv", "--estimator", "dsq"}, 2, {"--quantizer is required"});
  playground.refused({"equiv", "--estimator", "dsq", "--quantizer", "lsq"}, 2,
                     {"--quantizer: lsq is not allowed: it has a grid that moves while training"});
  const auto told = [&](const std::vector<std::string>& arguments) { return playground.steq(arguments).err; };
  const std::string scaled = told({"equiv", "--estimator", "ttq-scaled", "--quantizer", "ttq"});
  CHECK_THAT(scaled, Contains("ttq is not allowed: it has a grid that moves") && !Contains("--estimator"));
  CHECK_THAT(scaled, Contains("allowed: uniform, sign, integer, fixed-point\n"));
  CHECK_THAT(told({"check", "--estimator", "ste", "--quantizer", "ceil"}),
             Contains("ceil is not allowed: it has thresholds that do not lie midway between evenly spaced levels"));
  playground.refused({"equiv", "--estimator", "dsq", "--quantizer", "none"}, 2,
                     {"--quantizer: none is not allowed: it has no levels"});
  playground.refused({"equiv", "--estimator", "dsq", "--quantizer", "uniform", "--map", "0.1,x"}, 2,
                     {"--map: \"x\" is not allowed; allowed: a number"});
  playground.refused({"equiv", "--estimator", "dsq", "--quantizer", "uniform", "--map", "nan"}, 2,
                     {"--map: NaN is not allowed; allowed: a number"});
}

TEST_CASE("equiv --weights takes one learner's start to its equivalent's, bit for bit", "[program]") {
  const Playground playground;
  for (const char* precision : {"float", "double"}) {
    Json config = testing::tiny();
    config["precision"] = precision;
    playground.write_json("c.json", config);
    playground.good({"run", "c.json", "--out", "run", "--force"});
    const testing::Words call{"equiv",
                              "--estimator",
                              "dsq:k=6.5",
                              "--quantizer",
                              "uniform:bits=2",
                              "--weights",
                              "run/weights/q-hat-initial.safetensors",
                              "--tensors",
                              "conv1.weight",
                              "--out",
                              "mapped",
                              "--force"};
    CHECK_THAT(playground.good(call), Catch::Contains("mapped conv1.weight   range ") && Catch::Contains("written"));
    CHECK(playground.read("mapped") == playground.read("run/weights/ste-initial.safetensors"));
  }
}

TEST_CASE("names of any length stand apart from what is said of them", "[program]") {
  const Playground playground;
  write_safetensors(playground.file("in"),
                    {.tensors = {{"layer1.0.conv1.weight", {1, 2}, std::vector<float>{0.1f, 0}}}, .metadata = {}});
  CHECK_THAT(
      playground.good({"equiv", "--estimator", "dsq", "--quantizer", "uniform", "--weights", "in", "--out", "out"}),
      Catch::Contains("\nmapped layer1.0.conv1.weight  range "));
}

TEST_CASE("equiv --weights refuses bad input and leaves nothing", "[program]") {
  const Playground playground;
  const auto refused = [&](testing::Words more, const std::string& problem) {
    testing::Words call{"equiv", "--estimator", "dsq:k=6.5", "--quantizer", "uniform:bits=2"};
    call.insert(call.end(), more.begin(), more.end());
    playground.refused(call, 2, {problem});
  };
  refused({"--weights", "w"}, "--weights requires --out; see --help");
  refused({"--out", "w"}, "--out requires --weights; see --help");
  refused({"--inverse"}, "--inverse requires --weights; see --help");
  refused({"--weights", "", "--out", "x"}, "--weights: \"\" is not allowed; allowed: the name of a file");
  refused({"--weights", "none", "--out", "x"}, "none: no such file; allowed: a safetensors file");
  playground.write("junk", "junk");
  refused({"--weights", "junk", "--out", "x"}, "junk: 4 bytes; a safetensors file has at least 8");
  refused({"--weights", "none", "--out", "junk"}, "--out: junk exists; use --force to replace it");
  refused({"--weights", "junk", "--out", "x", "--optimizer", "adam"}, "--weights: not allowed with --optimizer adam: ");
}

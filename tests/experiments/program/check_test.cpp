// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using testing::Playground;

namespace {

/// A call of check that ends with `code` and says nothing on standard error.
std::string checked(const Playground& playground, testing::Words arguments, int code) {
  arguments.insert(arguments.begin(), "check");
  const testing::Outcome outcome = playground.steq(arguments);
  CAPTURE(arguments, outcome.out, outcome.err);
  CHECK(outcome.code == code);
  CHECK(outcome.err.empty());
  return outcome.out;
}

Json checked_json(const Playground& playground, testing::Words arguments, int code) {
  arguments.push_back("--json");
  return Json::parse(checked(playground, arguments, code));
}

const Json& named(const Json& document, const std::string& name) {
  const auto found = std::ranges::find_if(document["assumptions"], [&](const Json& a) { return a["name"] == name; });
  REQUIRE(found != document["assumptions"].end());
  return *found;
}

const testing::Words kDsqOptions{"--estimator", "dsq:k=6.5", "--quantizer", "uniform:bits=2"};

testing::Words operator+(testing::Words words, const testing::Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("check --json is one document with the keys of the contract", "[program]") {
  const Json result = checked_json(Playground(), kDsqOptions, 0);
  CHECK(result.size() == 4);
  CHECK((result["equivalent"] == true && result["in_class"] == true && result["warnings"].empty()));
  for (const Json& assumption : result["assumptions"]) {
    for (const char* key : {"name", "holds", "how", "value", "where", "advice"}) CHECK(assumption.contains(key));
    CHECK((assumption["holds"].is_boolean() || assumption["holds"].is_null()));
    CHECK((assumption["value"].is_number() || assumption["value"].is_null()));
    const std::string how = assumption["how"];
    CHECK((how == "proved" || how == "sampled" || how == "measured"));
  }
  CHECK(named(result, "positivity")["value"].get<double>() == Approx(0.113759).margin(1e-6));
  CHECK(named(result, "lipschitz")["how"] == "proved");
  CHECK(named(result, "bounded-gradients")["holds"].is_null());
}

TEST_CASE("check says how large gradients may be", "[program]") {
  const Json result = checked_json(Playground(), kDsqOptions + testing::Words{"--learning-rate", "0.01"}, 0);
  CHECK(named(result, "step-size")["value"].get<double>() == Approx(1 / (11.12969719 * 0.01)));
}

TEST_CASE("check ends with 1 where an assumption fails", "[program]") {
  const Playground playground;
  const Json decayed =
      checked_json(playground, kDsqOptions + testing::Words{"--optimizer", "sgd:weight_decay=0.01"}, 1);
  CHECK(decayed["equivalent"] == false);
  CHECK(named(decayed, "weight-decay")["holds"] == false);
  checked(playground, kDsqOptions + testing::Words{"--optimizer", "adam:decoupled_decay=0.01"}, 0);
  checked(playground, kDsqOptions + testing::Words{"--optimizer", "adam:weight_decay=0.01"}, 1);
  checked(playground, {"--estimator", "ewgs", "--quantizer", "sign"}, 1);
}

TEST_CASE("check's text goes from the worst to a clear last sentence", "[program]") {
  const Playground playground;
  const std::string bad = checked(playground, {"--estimator", "swish-sign", "--quantizer", "sign"}, 1);
  CHECK(bad.find("FAILS") < bad.find("not known"));
  CHECK(bad.find("not known") < bad.find("holds"));
  CHECK_THAT(bad, Catch::Contains("To do: ") && Catch::Contains("w = 0.68") && Catch::Contains("Not equivalent: "));
  const std::string good = checked(playground, kDsqOptions, 0);
  CHECK_THAT(good, Catch::Contains("All clear as far as is known"));
  for (const std::string& text : {bad, good})
    for (const std::string& line : testing::lines_of(text)) CHECK(line.size() <= 100);
}

TEST_CASE("check and equiv mean the same by the class, and say what differs from the verdict", "[program]") {
  const Playground playground;
  for (const char* estimator :
       {"dsq", "piecewise-linear", "reste", "reste:t=1", "ewgs", "power", "sigmoid-sum:finite=true"})
    for (const char* optimizer : {"sgd", "adam", "signsgd"}) {
      INFO(estimator << ", " << optimizer);
      const testing::Words recipe{"--estimator", estimator, "--quantizer", "uniform:bits=3", "--optimizer", optimizer};
      const Json equiv = playground.good_json(testing::Words{"equiv"} + recipe + testing::Words{"--json"});
      const testing::Outcome outcome = playground.steq(testing::Words{"check"} + recipe + testing::Words{"--json"});
      CHECK(Json::parse(outcome.out)["in_class"] == equiv["in_class"]);
    }
  const testing::Words sum{"--estimator", "sigmoid-sum:finite=true", "--quantizer", "uniform:bits=3", "--optimizer",
                           "adam"};
  CHECK_THAT(checked(playground, sum, 0), Catch::Contains("Not in the class: equal-harmonic-means.") &&
                                              Catch::Contains("not in the class, but equal-harmonic-means does not"));
  CHECK_THAT(checked(playground, kDsqOptions + testing::Words{"--optimizer", "sgd:clip_norm=1"}, 1),
             Catch::Contains("\nIn the class.\n") && Catch::Contains("estimator is in the class;"));
  CHECK_THAT(checked(playground, {"--estimator", "piecewise-linear", "--quantizer", "uniform"}, 1),
             Catch::Contains("\nNot in the class: lipschitz.\n"));
  CHECK_THAT(checked(playground, {"--estimator", "dsq", "--quantizer", "uniform:bits=8"}, 0),
             Catch::Contains("\nWarning: q varies by only 0.065 % over a bin"));
}

TEST_CASE("an STE learner is known by what it does, not by its name", "[program]") {
  const Playground playground;
  Json config = testing::tiny();
  config["learners"][1]["estimator"] = {{"type", "cosine"}, {"a", 0}};
  config["record"] = {{"bounds", true}};
  playground.write_json("c.json", config);
  playground.good({"run", "c.json", "--out", "run"});
  const Json bounds = playground.json("run/summary.json")["comparisons"][0]["bounds"];
  CHECK((bounds["checked"].get<int>() > 0 && bounds["violations"] == 0));
  const testing::Outcome outcome = playground.steq({"check", "run", "--json"});
  for (const Json& assumption : Json::parse(outcome.out)["assumptions"]) CHECK(assumption["learner"] == "q-hat");
  const std::string text = playground.steq({"check", "run"}).out;
  CHECK_THAT(text, !Catch::StartsWith("ste ") && !Catch::Contains("\nste "));
}

TEST_CASE("check refuses bad input, all at once", "[program]") {
  const Playground playground;
  playground.refused({"check", "--estimator", "dsq:k=0", "--quantizer", "unifrom"}, 2,
                     {"--quantizer: unknown quantizer \"unifrom\"", "--estimator.k: 0 is not allowed"});
  playground.refused({"check"}, 2, {"--estimator: is missing", "--quantizer: is missing"});
  playground.refused({"check", "--estimator", "dsq", "--quantizer", "sign", "--learning-rate", "0"}, 2,
                     {"--learning-rate: 0 is not allowed; allowed: a number > 0"});
  playground.refused({"check", "none"}, 2, {"none: is not a directory; allowed: a run directory, with a logs.h5"});
  playground.refused({"check", "none", "--estimator", "dsq"}, 2, {""});
}

TEST_CASE("check reads what a run measured", "[program]") {
  const Playground playground;
  playground.write_json("c.json", testing::tiny());
  playground.good({"run", "c.json", "--out", "run"});
  const testing::Outcome outcome = playground.steq({"check", "run", "--json"});
  const Json result = Json::parse(outcome.out);
  CHECK(outcome.code == (result["equivalent"] == true ? 0 : 1));
  const Json facts = playground.json("run/summary.json")["learners"]["q-hat"];
  const Json& tensor = facts["tensors"]["conv1.weight"];
  const Json& gradients = named(result, "bounded-gradients");
  CHECK(gradients["value"] == tensor["largest_gradient"]);
  CHECK(gradients["how"] == "measured");
  CHECK(gradients["learner"] == "q-hat");
  CHECK(gradients["tensor"] == "conv1.weight");
  CHECK(gradients["pair"] == Json{"q-hat", "ste"});
  // L' W is 11.1297 with dsq:k=6.5 on 2 bits; W = sqrt(6 / 25)
  const double slope = 11.12969719 / std::sqrt(6.0 / 25);
  CHECK(named(result, "step-size")["value"].get<double>() ==
        Approx(slope * 0.1 * tensor["largest_gradient"].get<double>() / (1 - 0.9)));
  CHECK(named(result, "saturation")["value"] ==
        playground.json("run/summary.json")["comparisons"][0]["metrics"]["mask_mismatch_share"]);
  CHECK(result["assumptions"].size() == playground.good_json({"describe", "assumptions", "--json"}).size());
}

TEST_CASE("check refuses what is no complete run", "[program]") {
  const Playground playground;
  playground.write_json("c.json", testing::tiny());
  playground.good({"run", "c.json", "--out", "run"});
  Json summary = playground.json("run/summary.json");
  summary["learners"]["q-hat"].erase("tensors");
  playground.write_json("run/summary.json", summary);
  playground.refused({"check", "run"}, 2,
                     {"run/summary.json: learners.q-hat has no \"learning_rate\" and \"tensors\""});
  playground.write("run/summary.json", R"({"learners": {}, "comparisons": [1]})");
  playground.refused({"check", "run"}, 2, {"run/summary.json: comparisons[0]: 1 is not allowed; allowed: an object"});
  playground.write("run/summary.json", "{}");
  playground.refused({"check", "run"}, 2, {"run/summary.json: has no learners and comparisons"});
  playground.write("run/config.json", R"({"kind": "orders"})");
  playground.refused({"check", "run"}, 2, {"run: holds an experiment of kind \"orders\"; allowed: a training run"});
  playground.write("run/config.json", "{");
  playground.refused({"check", "run"}, 2, {"run/config.json"});
}

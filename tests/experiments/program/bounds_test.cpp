// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
using testing::lines_of;
using testing::Outcome;
using testing::Playground;
using testing::tiny;

namespace {

/// The tiny experiment with bounds and the given values changed.
Json bounded(const std::vector<std::pair<std::string, std::string>>& values = {}) {
  Json config = tiny();
  config["record"] = {{"bounds", true}};
  for (const auto& [pointer, value] : values) config[Json::json_pointer(pointer)] = Json::parse(value);
  return config;
}

std::vector<std::string> names_of(const Json& bounds) {
  std::vector<std::string> names;
  for (const auto& [name, inequality] : bounds["inequalities"].items()) names.push_back(name);
  return names;
}

void refused(const Json& config, const std::vector<std::string>& reasons) {
  const Playground playground;
  playground.write_json("c.json", config);
  std::vector<std::string> problems;
  for (const std::string& reason : reasons)
    problems.push_back("c.json: record.bounds: true is not allowed: " + reason + "; allowed: false");
  playground.refused({"run", "c.json", "--out", "run"}, 2, problems);
}

}  // namespace

TEST_CASE("a run with bounds holds the theorems against its equivalent pair", "[program]") {
  const std::pair<const char*, std::vector<std::string>> rules[] = {
      {R"({"type": "sgd", "learning_rate": 0.1})", {"S1", "S2", "S3", "S4", "cumulative"}},
      {R"({"type": "sgd", "momentum": 0.9, "learning_rate": 0.1})", {"H", "H-global", "cumulative"}},
      {R"({"type": "adam", "learning_rate": 0.01})", {"A1", "A2", "A3", "cumulative"}}};
  for (const char* precision : {R"("float")", R"("double")"})
    for (const auto& [optimizer, names] : rules) {
      const Playground playground;
      playground.write_json("c.json", bounded({{"/precision", precision}, {"/optimizer", optimizer}}));
      const std::string said = playground.good({"run", "c.json", "--out", "run"});
      const Json summary = playground.json("run/summary.json");
      CHECK_FALSE(summary["comparisons"][1].contains("bounds"));
      const Json bounds = summary["comparisons"][0]["bounds"];
      CAPTURE(precision, optimizer, bounds.dump());
      CHECK(names_of(bounds) == names);
      CHECK(bounds["violations"] == 0);
      std::uint64_t checked = 0;
      for (const Json& inequality : bounds["inequalities"]) {
        checked += inequality["checked"].get<std::uint64_t>();
        CHECK(inequality["checked"].get<int>() + inequality["not_applicable"].get<int>() == 10 * 100);
        CHECK(inequality["where"]["tensor"] == "conv1.weight");
        CHECK(inequality["largest_excess"].get<double>() < 1e-10);
        CHECK(inequality["tightness"].get<double>() <= 1 + 1e-9);
      }
      CHECK(bounds["checked"] == checked);
      CHECK_THAT(said, Contains(fmt::format("\nq-hat / ste bounds: {} checks, 0 violations\n", checked)));
      const Json tensor = bounds["tensors"]["conv1.weight"];
      CHECK(tensor["error_per_bin"].get<double>() > 0);
      CHECK(tensor["error_per_bin"] <= tensor["bound_per_bin"]);
      CHECK(summary["comparisons"][0]["metrics"]["alignment_error_per_bin"].get<double>() ==
            Approx(tensor["error_per_bin"].get<double>()).epsilon(1e-3));
    }
}

TEST_CASE("the table of bounds has a row for each tensor and record", "[program]") {
  const Playground playground;
  playground.write_json("c.json", bounded({{"/steps", "25"}, {"/epochs", "null"}}));
  Json config = playground.json("c.json");
  config.erase("epochs");
  playground.write_json("c.json", config);
  playground.good({"run", "c.json", "--out", "run", "--threads", "2"});
  const std::vector<std::string> lines = lines_of(playground.read("run/tables/bounds.csv"));
  REQUIRE(lines.size() == 27);
  CHECK(lines[0] ==
        "pair,step,tensor,error_per_bin,bound_per_bin,gradient_share,tightness_H,tightness_H-global,"
        "tightness_cumulative");
  for (std::size_t i = 1; i < lines.size(); ++i)
    CHECK_THAT(lines[i], Catch::StartsWith(fmt::format("q-hat / ste,{},conv1.weight,", i - 1)));
  CHECK(playground.json("run/config.json")["record"]["bounds"] == true);
}

TEST_CASE("bounds change nothing else", "[program]") {
  const Playground playground;
  playground.write_json("with.json", bounded());
  playground.write_json("without.json", tiny());
  playground.good({"run", "with.json", "--out", "with"});
  playground.good({"run", "without.json", "--out", "without"});
  for (const char* weights : {"q-hat-final", "ste-final", "copy-final"})
    CHECK(playground.read(fmt::format("with/weights/{}.safetensors", weights)) ==
          playground.read(fmt::format("without/weights/{}.safetensors", weights)));
  CHECK_FALSE(playground.tree().contains("without/tables/bounds.csv"));
  Json summary = playground.json("with/summary.json");
  summary["comparisons"][0].erase("bounds");
  CHECK(summary == playground.json("without/summary.json"));
}

TEST_CASE("the figure of bounds is drawn", "[program]") {
  const Playground playground;
  playground.write_json("c.json", bounded());
  const Outcome outcome = playground.steq_with_gnuplot({"run", "c.json", "--out", "run", "--quiet"});
  CHECK(outcome.code == 0);
  CHECK(outcome.err.empty());
  if (!playground.tree().contains("run/figures/bounds.svg")) WARN("gnuplot is not installed: no figure to check");
  CHECK(playground.tree().contains("run/figures/bounds.gp"));
}

TEST_CASE("a run that diverges keeps its bounds up to there", "[program]") {
  const Playground playground;
  playground.write_json("c.json",
                        bounded({{"/optimizer/learning_rate", "1e38"}, {"/batch_size", "200"}, {"/epochs", "20"}}));
  CHECK(playground.steq({"run", "c.json", "--out", "run"}).code == 4);
  const Json summary = playground.json("run/summary.json");
  CHECK(summary["status"] == "diverged");
  CHECK(summary["comparisons"][0]["bounds"]["inequalities"]["H"]["checked"].get<int>() +
            summary["comparisons"][0]["bounds"]["inequalities"]["H"]["not_applicable"].get<int>() ==
        100 * summary["steps"].get<int>());
}

TEST_CASE("what the theorems do not cover has no bounds", "[program]") {
  const std::string clips = "the optimizer clips gradients to a norm";
  refused(bounded({{"/optimizer/clip_norm", "0.1"}}), {clips});
  refused(bounded({{"/optimizer/decoupled_decay", "0.1"}}),
          {"the optimizer decays weights beside their gradients (decoupled)"});
  const std::string none = "no pair of a learner and its STE equivalent is compared";
  refused(bounded({{"/compare", R"([["q-hat", "copy"]])"}}), {none});
  refused(bounded({{"/learners/1/estimator", R"("cosine")"}}), {none});
}

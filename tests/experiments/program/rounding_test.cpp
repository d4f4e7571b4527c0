// SPDX-License-Identifier: MIT
// The control that rounds otherwise, from the config to the summary.
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::tiny;

TEST_CASE("the control rounding is a comparison of its own kind, and nobody else notices it", "[program]") {
  for (const char* precision : {"float", "double"}) {
    INFO(precision);
    const Playground playground;
    Json config = tiny();
    config["precision"] = precision;
    playground.write_json("without.json", config);
    config["learners"].push_back({{"name", "rounding"}, {"like", "q-hat"}, {"rounding", true}});
    config["compare"].push_back({"q-hat", "rounding"});
    playground.write_json("with.json", config);
    playground.good({"run", "without.json", "--out", "without"});
    playground.good({"run", "with.json", "--out", "with", "--threads", "1"});
    playground.good({"run", "with/config.json", "--out", "again", "--threads", "2"});
    const auto weights = [&](const std::string& run, const std::string& learner) {
      return playground.read(run + "/weights/" + learner + "-final.safetensors");
    };
    for (const char* learner : {"q-hat", "ste", "copy"}) CHECK(weights("with", learner) == weights("without", learner));
    CHECK(weights("with", "rounding") != weights("with", "q-hat"));
    CHECK(weights("again", "rounding") == weights("with", "rounding"));
    const Json comparison = playground.json("with/summary.json")["comparisons"][2];
    CHECK(comparison["kind"] == "rounding");
    CHECK(comparison["map"] == "identity");
    const double error = comparison["metrics"]["weight_alignment_error"];
    CHECK(error > 0);
    CHECK(error < 0.05);
    const Json differences = Json::parse(playground.steq({"diff", "without", "with", "--json"}).out);
    CHECK(differences["only_in_b"] == Json::array({"rounding"}));
  }
}

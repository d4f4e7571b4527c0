// SPDX-License-Identifier: MIT
#include "experiments/diff/settings.hpp"

#include <catch2/catch.hpp>

using namespace steq;

namespace {

/// "path: a | b", a line for each.
std::string lines(const SettingDifferences& differences) {
  std::string text;
  for (const SettingDifference& d : differences)
    text += d.path + ": " + (d.a ? d.a->dump() : "-") + " | " + (d.b ? d.b->dump() : "-") + "\n";
  return text;
}

const Json kConfig = Json::parse(R"({
  "name": "x", "description": "of x", "seed": 1,
  "model": {"input": [1, 28, 28], "layers": [{"type": "relu"}, {"type": "dense", "out": 10}]},
  "optimizer": {"learning_rate": 0.1, "schedule": {"type": "constant"}},
  "learners": [{"name": "q", "estimator": {"type": "dsq", "k": 6.5}, "equivalent_to": null},
               {"name": "s", "estimator": {"type": "ste"}, "like": "q", "equivalent_to": "q"}]})");

Json changed(const std::string& pointer, const Json& value) {
  Json config = kConfig;
  config[Json::json_pointer(pointer)] = value;
  return config;
}

}  // namespace

TEST_CASE("only settings that differ are told, by their paths") {
  CHECK(config_differences(kConfig, kConfig).empty());
  CHECK(lines(config_differences(kConfig, changed("/optimizer/schedule/type", "x"))) ==
        "optimizer.schedule.type: \"constant\" | \"x\"\n");
  CHECK(lines(config_differences(kConfig, changed("/model/layers/1/out", 9))) == "model.layers[1].out: 10 | 9\n");
  CHECK(lines(config_differences(kConfig, changed("/model/input", {3, 32, 32}))) ==
        "model.input: [1,28,28] | [3,32,32]\n");
  CHECK(lines(config_differences(changed("/steps", 5), changed("/epochs", 2))) == "steps: 5 | -\nepochs: - | 2\n");
}

TEST_CASE("names, descriptions and spellings of numbers are no difference") {
  CHECK(config_differences(kConfig, changed("/name", "y")).empty());
  CHECK(config_differences(kConfig, changed("/description", "of y")).empty());
  CHECK(config_differences(kConfig, changed("/seed", 1.0)).empty());
  CHECK(config_differences(kConfig, nullptr).empty());
}

TEST_CASE("learners are compared by name, whatever their place and origin") {
  CHECK(learner_differences(kConfig, "q", kConfig, "q").empty());
  CHECK(learner_differences(kConfig, "s", changed("/learners/1/like", nullptr), "s").empty());
  CHECK(lines(learner_differences(kConfig, "q", changed("/learners/0/estimator/k", 7), "q")) ==
        "learners.q.estimator.k: 6.5 | 7\n");
  CHECK(lines(learner_differences(kConfig, "q", kConfig, "s")) ==
        "learners.q/s.estimator.type: \"dsq\" | \"ste\"\nlearners.q/s.estimator.k: 6.5 | -\n"
        "learners.q/s.equivalent_to: null | \"q\"\n");
  Json swapped = kConfig;
  std::swap(swapped["learners"][0], swapped["learners"][1]);
  CHECK(learner_differences(kConfig, "q", swapped, "q").empty());
}

TEST_CASE("builds differ by what made the results, not by when and where") {
  const Json a = Json::parse(R"({"git_commit": "1", "flags": "-O3", "threads": 1, "time": "now",
                                 "data": [{"file": "/a/x", "sha256": "12"}]})");
  Json b = a;
  b["threads"] = 2, b["time"] = "then", b["data"][0]["file"] = "/b/x";
  CHECK(build_differences(a, b).empty());
  b["git_commit"] = "2", b["data"][0]["sha256"] = "34";
  CHECK(lines(build_differences(a, b)) == "git_commit: \"1\" | \"2\"\ndata_sha256: [\"12\"] | [\"34\"]\n");
  CHECK(build_differences(a, nullptr).empty());
}

TEST_CASE("a key that is newer than a run is at its default there") {
  Json before = Json::parse(R"({
    "data": {"dataset": "synthetic-digits"}, "model": "lenet5", "batch_size": 10,
    "optimizer": {"type": "sgd", "learning_rate": 0.1}, "learners": [{"name": "q", "estimator": "ste"}]})");
  Json now = before;
  now["data"]["normalize"] = "none", now["optimizer"]["nesterov"] = false, now["learners"][0]["ulps"] = 0;
  CHECK(config_differences(before, now).empty());
  CHECK(learner_differences(before, "q", now, "q").empty());
  now["data"]["normalize"] = "dataset";
  CHECK(lines(config_differences(before, now)) == "data.normalize: \"none\" | \"dataset\"\n");
}

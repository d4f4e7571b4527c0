// SPDX-License-Identifier: MIT
// What a learner is made of: from itself, from the learner that it is like, or from the document.
#include <catch2/catch.hpp>

#include "config_example.hpp"

using namespace steq;
using Catch::Contains;
using testing::with;

namespace {

Json document(const std::string& learners) {
  Json json = Json::parse(R"({"name": "t", "data": {"dataset": "synthetic-digits"}, "model": "lenet5", "steps": 3,
    "batch_size": 10, "quantizer": "sign", "optimizer": {"type": "sgd", "learning_rate": 0.1, "momentum": 0.9}})");
  json["learners"] = Json::parse(learners);
  return json;
}

std::string refused(const Json& json) {
  try {
    read_config(json, "c.json");
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("A key of a recipe is taken whole: from the learner, along like, from the document, or the default") {
  const ExperimentConfig config = read_config(
      document(R"([{"name": "a"}, {"name": "b", "quantizer": "lsq:bits=3", "optimizer": "adam:learning_rate=0.5"},
                   {"name": "c", "like": "b", "storage": "clip"}, {"name": "d", "like": "c", "quantizer": "none"}])"),
      "c.json");
  const auto& learners = config.learners;
  CHECK(learners[0].quantizer.name == "sign");
  CHECK(learners[0].estimator.name == "ste");
  CHECK(learners[0].storage.name == "latent");
  CHECK(learners[0].loss.rule.name == "cross-entropy");
  CHECK(to_text(learners[2].quantizer) == "lsq:bits=3,per=tensor");
  CHECK(learners[2].optimizer.rule.name == "adam");
  CHECK_FALSE(learners[2].optimizer.rule.values.contains("momentum"));
  CHECK((learners[3].storage.name == "clip" && learners[3].quantizer.name == "none"));
  const ExperimentConfig again = read_config(resolved(config), "again.json");
  CHECK(resolved(again) == resolved(config));
}

TEST_CASE("The gate auto becomes the word that it is with the learner's quantizer") {
  const ExperimentConfig config = read_config(
      document(R"([{"name": "a"}, {"name": "b", "quantizer": "twn"}, {"name": "c", "estimator": "dsq:clip=false"}])"),
      "c.json");
  CHECK(config.learners[0].estimator.values.at("gate") == Value("range"));
  CHECK(config.learners[1].estimator.values.at("gate") == Value("none"));
  CHECK(config.learners[2].estimator.values.at("gate") == Value("none"));
  CHECK_THAT(refused(document(R"([{"name": "a", "estimator": "ste:gate=none,clip=true"}])")),
             Contains("learners[0].estimator.clip: not allowed beside gate"));
}

TEST_CASE("The document needs no optimizer where every learner has one") {
  Json json = document(R"([{"name": "a", "optimizer": "adam:learning_rate=0.5"}, {"name": "b", "like": "a"}])");
  json.erase("optimizer");
  CHECK(read_config(json, "c.json").learners[1].optimizer.learning_rate == 0.5);
  json["learners"].push_back({{"name", "c"}});
  CHECK_THAT(refused(json), Contains("c.json: optimizer: missing; required is"));
}

TEST_CASE("An equivalent has the recipe of its source but for the estimator") {
  CHECK(refused(document(R"([{"name": "a", "estimator": "dsq"}, {"name": "b", "equivalent_to": "a"}])")).empty());
  CHECK_THAT(refused(document(R"([{"name": "a", "estimator": "dsq", "loss": "hinge"},
                                  {"name": "b", "equivalent_to": "a"}])")),
             Contains("learners[1].equivalent_to: \"a\" has another loss than this learner; allowed: the same loss"));
}

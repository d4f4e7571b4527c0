// SPDX-License-Identifier: MIT
#include "experiments/config/config.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <thread>

#include "config_example.hpp"
#include "experiments/config/presets.hpp"
#include "tests/experiments/preset_kinds.hpp"

using namespace steq;
using Catch::Contains;
using Catch::StartsWith;
using testing::example;
using testing::message;
using testing::refusal;
using testing::with;

TEST_CASE("Defaults are filled in") {
  const ExperimentConfig config = read_config(example(), "c.json");
  CHECK(config.name == "experiment");
  CHECK(config.precision == "float");
  CHECK(to_text(config.data.dataset) == "mnist:path=DIR,test_limit=all,train_limit=all");
  CHECK(config.recipe.init.scheme == "he-uniform");
  CHECK(config.recipe.init.file.empty());
  CHECK(to_text(config.recipe.quantizer) == "uniform:bits=2,range=fan-in");
  CHECK(to_text(config.recipe.optimizer.schedule) == "constant");
  CHECK(config.epochs == 1u);
  CHECK_FALSE(config.steps);
  CHECK(config.shuffle);
  CHECK(config.seed == 1);
  CHECK(config.compare == std::vector<std::pair<std::string, std::string>>{{"a", "b"}});
  CHECK(config.record.change_points);
  CHECK(config.record.latent_every == 0);
  CHECK(config.record.weights_every_epochs == 1);
  CHECK_FALSE(config.record.bounds);
}

TEST_CASE("Given values replace the defaults") {
  CHECK(with("/precision", "\"double\"").precision == "double");
  CHECK(with("/seed", "9000000000000000").seed == 9000000000000000u);
  CHECK(with("/steps", "4294967295").steps == 4294967295u);
  CHECK_FALSE(with("/steps", "5").epochs);
  CHECK_FALSE(with("/shuffle", "false").shuffle);
  CHECK(with("/record", R"({"latent_every": 5})").record.latent_every == 5);
  CHECK(with("/batch_size", "6e2").batch_size == 600);
}

TEST_CASE("A key of the document that is not allowed is named with its value and what is allowed") {
  CHECK(refusal("/batch_size", "0") == "c.json: batch_size: 0 is not allowed; allowed: an integer in [1, 4294967295]");
  CHECK(refusal("/batch_size", "1.5") ==
        "c.json: batch_size: 1.5 is not allowed; allowed: an integer in [1, 4294967295]");
  CHECK(refusal("/batch_size", "\"ten\"") ==
        "c.json: batch_size: \"ten\" is not allowed; allowed: an integer in [1, 4294967295]");
  CHECK(refusal("/batch_size", "null") ==
        "c.json: batch_size: null is not allowed; allowed: an integer in [1, 4294967295]");
  CHECK(refusal("/batch_size", "[10]") ==
        "c.json: batch_size: [10] is not allowed; allowed: an integer in [1, 4294967295]");
  CHECK(refusal("/batch_size", "") == "c.json: batch_size: missing; required is an integer in [1, 4294967295]");
  CHECK(refusal("/epochs", "0") == "c.json: epochs: 0 is not allowed; allowed: an integer in [1, 4294967295]");
  CHECK(refusal("/steps", "-1") == "c.json: steps: -1 is not allowed; allowed: an integer in [1, 4294967295]");
  CHECK(refusal("/seed", "-1") == "c.json: seed: -1 is not allowed; allowed: an integer in [0, 9000000000000000]");
  CHECK_THAT(refusal("/seed", "18446744073709551615"),
             StartsWith("c.json: seed: 1.8446744073709552e+19 is not allowed"));
  CHECK(refusal("/shuffle", "1") == "c.json: shuffle: 1 is not allowed; allowed: true or false");
  CHECK(refusal("/precision", "\"half\"") ==
        "c.json: precision: \"half\" is not allowed; allowed: \"float\" or \"double\"");
  CHECK(refusal("/name", "7") == "c.json: name: 7 is not allowed; allowed: a text");
  CHECK_THAT(refusal("/name", "\"../x\""), StartsWith("c.json: name: \"../x\" is not allowed; allowed: letters"));
}

TEST_CASE("epochs and steps exclude each other") {
  Json document = example();
  document["epochs"] = 1, document["steps"] = 1;
  CHECK(message<InputError>([&] { read_config(document, "c.json"); }) ==
        "c.json: steps: both epochs and steps are given; allowed: one of them");
}

TEST_CASE("An unknown key is refused with a suggestion") {
  CHECK_THAT(refusal("/batchsize", "1"), StartsWith("c.json: batchsize: unknown key; allowed: kind, name, ") &&
                                             Contains("did you mean \"batch_size\"?"));
  CHECK_THAT(refusal("/learner", "[]"), Contains("did you mean \"learners\"?"));
  CHECK_THAT(refusal("/step", "1"), Contains("did you mean \"steps\"?"));
}

TEST_CASE("A document that is no object is refused") {
  for (const char* text : {"[]", "1", "\"x\""})
    CHECK(message<InputError>([&] { read_config(Json::parse(text), "c.json"); }) ==
          "c.json: " + std::string(text) + " is not allowed; allowed: an object");
}

TEST_CASE("All problems are reported at once, each with its place") {
  Json document = example();
  document["seed"] = "x";
  document["optimizer"]["learning_rate"] = "NaN";
  document["learners"][1]["estimator"] = Json::parse(R"({"type": "dsq", "k": 0})");
  document["data"].erase("path");
  document.erase("model");
  try {
    read_config(document, "c.json");
    FAIL("no error");
  } catch (const InputError& error) {
    std::vector<std::string> places;
    for (const Problem& problem : error.problems()) places.push_back(problem.place);
    CHECK(places == std::vector<std::string>{"c.json: data.path", "c.json: model", "c.json: optimizer.learning_rate",
                                             "c.json: seed", "c.json: learners[1].estimator.k"});
  }
}

TEST_CASE("The empty document lacks all that is required and nothing else") {
  const std::string text = message<InputError>([] { read_config(Json::object(), "c.json"); });
  for (const char* key : {"batch_size", "data", "model", "optimizer", "learners"})
    CHECK_THAT(text, Contains("c.json: " + std::string(key) + ": missing"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
}

TEST_CASE("Reading a resolved config gives the same config, for every preset") {
  for (const Preset& preset : presets()) {
    INFO(preset.name);
    if (testing::kind_of(preset) != "training") continue;
    const std::vector<std::string> overrides(testing::needs_files(preset) ? 1 : 0, "data.path=DIR");
    const Json once = resolved(load_config(preset.name, overrides));
    CHECK(resolved(read_config(Json::parse(once.dump()), "c.json")).dump() == once.dump());
  }
}

TEST_CASE("A resolved config leaves nothing to defaults") {
  const Json json = resolved(read_config(example(), "c.json"));
  for (const char* key : {"kind", "name", "precision", "data", "model", "init", "quantizer", "optimizer", "batch_size",
                          "epochs", "shuffle", "seed", "learners", "compare", "record"})
    CHECK(json.contains(key));
  CHECK(json["quantizer"]["range"] == "fan-in");
  CHECK(json["optimizer"]["schedule"]["type"] == "constant");
  CHECK(json["learners"][0]["estimator"]["k"] == 6.5);
  CHECK(json["learners"][0]["learning_rate_scale"] == 1.0);
}

TEST_CASE("A file is loaded, with overrides") {
  const testing::TemporaryDirectory directory;
  testing::put(directory.file("c.json"), "// mine\n" + example().dump());
  const ExperimentConfig config = load_config(directory.file("c.json"), {"seed=5", "optimizer.momentum=0.5"});
  CHECK(config.seed == 5);
  CHECK(std::get<double>(config.recipe.optimizer.rule.values.at("momentum")) == 0.5);
}

TEST_CASE("Bad overrides and bad values are reported together") {
  const testing::TemporaryDirectory directory;
  testing::put(directory.file("c.json"), example().dump());
  const std::string text = message<InputError>([&] {
    load_config(directory.file("c.json"), {"seed", "shuffle=2", "sede=1"});
  });
  CHECK_THAT(text, Contains("--set seed: there is no =") && Contains("shuffle: 2 is not allowed") &&
                       Contains("did you mean \"seed\"?"));
}

TEST_CASE("What is neither a preset nor a file is refused with a suggestion") {
  CHECK_THAT(
      message<InputError>([] { load_config("quikstart"); }),
      StartsWith("quikstart: neither a file nor a preset; presets: ") && Contains("did you mean \"quickstart\"?"));
  CHECK_THROWS_AS(load_config("/"), InputError);
}

TEST_CASE("A document is read once, whether from a file, a pipe or a preset") {
  const testing::TemporaryDirectory directory;
  const std::string pipe = directory.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] { testing::put(pipe, example().dump()); });
  CHECK(load_document(pipe) == example());
  CHECK(load_document(pipe) == example());
  writer.join();
  CHECK(document_place("-") == "standard input");
  CHECK(document_place("c.json") == "c.json");
}

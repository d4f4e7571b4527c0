// SPDX-License-Identifier: MIT
#include "experiments/config/config_sections.hpp"

#include <catch2/catch.hpp>

#include "config_example.hpp"

using namespace steq;
using Catch::Contains;
using Catch::StartsWith;
using testing::refusal;
using testing::with;

TEST_CASE("A plug-in is given by name, by SPEC or as an object, with the same result") {
  const std::string expected = "uniform:bits=4,range=0.5";
  CHECK(to_text(with("/quantizer", R"("uniform:bits=4,range=0.5")").quantizer) == expected);
  CHECK(to_text(with("/quantizer", R"({"type": "uniform", "bits": 4, "range": 0.5})").quantizer) == expected);
  CHECK(to_text(with("/quantizer", R"("sign")").quantizer) == "sign:range=fan-in");
}

TEST_CASE("An unknown plug-in is refused with the names and a suggestion") {
  CHECK_THAT(refusal("/quantizer", R"("unifrom")"),
             StartsWith("c.json: quantizer.type: unknown quantizer \"unifrom\"; allowed: uniform, sign") &&
                 Contains("did you mean \"uniform\"?"));
  CHECK_THAT(refusal("/optimizer/type", R"("sdg")"),
             StartsWith("c.json: optimizer.type: unknown optimizer \"sdg\"") && Contains("did you mean \"sgd\"?"));
  CHECK_THAT(refusal("/optimizer/schedule", R"("cosine")"),
             StartsWith("c.json: optimizer.schedule.type: unknown schedule"));
  CHECK_THAT(refusal("/data/dataset", R"("minst")"),
             StartsWith("c.json: data.dataset: unknown dataset") && Contains("did you mean \"mnist\"?"));
  CHECK_THAT(refusal("/model", R"("resnet")"), StartsWith("c.json: model.type: unknown model"));
}

TEST_CASE("A plug-in that is missing or nothing of the kind is refused with the names") {
  CHECK_THAT(refusal("/quantizer", "2"),
             StartsWith("c.json: quantizer: 2 is not allowed; allowed: the quantizer's name: uniform"));
  CHECK_THAT(refusal("/quantizer", R"({"bits": 2})"),
             StartsWith("c.json: quantizer.type: missing; required is the quantizer's name"));
  CHECK_THAT(refusal("/quantizer", R"({"type": 2})"), StartsWith("c.json: quantizer.type: 2 is not allowed"));
  CHECK_THAT(refusal("/data", ""), StartsWith("c.json: data: missing; required is the dataset's name: mnist"));
  CHECK_THAT(refusal("/optimizer", ""),
             StartsWith("c.json: optimizer: missing; required is the optimizer's name: sgd, adam"));
}

TEST_CASE("A SPEC text that is none is refused once") {
  const std::string text = refusal("/quantizer", R"("uniform:bits")");
  CHECK_THAT(text, StartsWith("c.json: quantizer: \"uniform:bits\" has no key=value"));
  CHECK(text.find('\n') == std::string::npos);
  CHECK_THAT(refusal("/quantizer", R"("uniform:type=sign")"), Contains("\"type\" is not a parameter"));
  CHECK_THAT(refusal("/init", R"("he:")"), StartsWith("c.json: init: \"he:\" has no key=value"));
}

TEST_CASE("A plug-in's parameters are checked by their declaration") {
  CHECK(refusal("/quantizer", R"({"type": "uniform", "bits": 9})") ==
        "c.json: quantizer.bits: 9 is not allowed; allowed: an integer in [1, 8]");
  CHECK(refusal("/quantizer", R"("uniform:bits=9")") ==
        "c.json: quantizer.bits: 9 is not allowed; allowed: an integer in [1, 8]");
  CHECK(refusal("/quantizer", R"({"type": "uniform", "bitz": 2})") ==
        "c.json: quantizer.bitz: unknown key; allowed: type, bits, range; did you mean \"bits\"?");
  CHECK_THAT(
      refusal("/quantizer", R"({"type": "uniform", "range": "wide"})"),
      StartsWith("c.json: quantizer.range: \"wide\" is not allowed; allowed: a number ") && Contains("or \"fan-in\""));
  CHECK_THAT(refusal("/optimizer/momentum", "1"), StartsWith("c.json: optimizer.momentum: 1 is not allowed"));
}

TEST_CASE("The learning rate belongs to the optimizer's section") {
  CHECK(with("/optimizer", R"("adam:learning_rate=0.01,beta1=0.5")").learning_rate == 0.01);
  CHECK(to_text(with("/optimizer", R"("sgd:learning_rate=0,schedule=warmup-cosine:warmup=0.1")").schedule) ==
        "warmup-cosine:warmup=0.1");
  CHECK_FALSE(with("/optimizer", R"("adam:learning_rate=1")").optimizer.values.contains("learning_rate"));
  CHECK(refusal("/optimizer", R"("sgd")") == "c.json: optimizer.learning_rate: missing; required is a number >= 0");
  CHECK(refusal("/optimizer/learning_rate", "-0.1") ==
        "c.json: optimizer.learning_rate: -0.1 is not allowed; allowed: a number >= 0");
  CHECK(refusal("/optimizer/learning_rate", "\"NaN\"") ==
        "c.json: optimizer.learning_rate: \"NaN\" is not allowed; allowed: a number >= 0");
  CHECK(refusal("/optimizer/learning_rate", "\"Infinity\"") ==
        "c.json: optimizer.learning_rate: \"Infinity\" is not allowed; allowed: a number >= 0");
  CHECK_THAT(refusal("/optimizer/learning_rte", "1"), Contains("did you mean \"learning_rate\"?"));
  CHECK_THAT(refusal("/optimizer/schedule", R"("warmup-cosine:warmup=2")"),
             StartsWith("c.json: optimizer.schedule.warmup: 2 is not allowed"));
}

TEST_CASE("Data limits are checked") {
  CHECK(with("/data/train_limit", "100").dataset.values.at("train_limit") == Value(std::int64_t{100}));
  CHECK_THAT(refusal("/data/train_limit", "0"),
             StartsWith("c.json: data.train_limit: 0 is not allowed; allowed: an integer >= 1"));
  CHECK_THAT(refusal("/data/path", ""), StartsWith("c.json: data.path: missing") && Contains("--set data.path=DIR"));
  CHECK(refusal("/data/path", "3") == "c.json: data.path: 3 is not allowed; allowed: a text");
}

TEST_CASE("Training images are augmented on request, and the resolved config says whether") {
  CHECK(resolved(with("/data/train_limit", "100"))["data"]["augment"] == "none");
  const ExperimentConfig config = with("/data/augment", R"("crop-flip")");
  CHECK(config.augmentation.name == "crop-flip");
  CHECK(resolved(config)["data"]["augment"] == "crop-flip");
  CHECK(with("/data", R"("mnist:path=DIR,augment=crop-flip")").augmentation.name == "crop-flip");
  CHECK_FALSE(config.dataset.values.contains("augment"));
  CHECK(refusal("/data/augment", R"("crop")") ==
        "c.json: data.augment.type: unknown augmentation \"crop\"; allowed: none, crop-flip");
  CHECK_THAT(refusal("/data/augment", "true"), StartsWith("c.json: data.augment: true is not allowed; allowed: "));
  CHECK_THAT(refusal("/data/agument", R"("none")"), Contains("did you mean \"augment\"?"));
}

TEST_CASE("Initial weights come from a scheme or a file") {
  CHECK(with("/init", R"({"file": "w.safetensors"})").init.file == "w.safetensors");
  CHECK(with("/init", R"("he-uniform")").init.scheme == "he-uniform");
  CHECK(refusal("/init", R"({"scheme": "zeros"})") ==
        "c.json: init.scheme: \"zeros\" is not allowed; allowed: \"he-uniform\"");
  CHECK_THAT(refusal("/init", R"({"scheme": "he-uniform", "file": "w"})"),
             StartsWith("c.json: init: both scheme and file"));
  CHECK_THAT(refusal("/init", R"({"file": ""})"), StartsWith("c.json: init.file: \"\" is not allowed"));
  CHECK(refusal("/init", "1") == "c.json: init: 1 is not allowed; allowed: an object");
}

TEST_CASE("What is recorded is checked") {
  CHECK(refusal("/record", R"({"latent_every": -1})") ==
        "c.json: record.latent_every: -1 is not allowed; allowed: an integer in [0, 4294967295]");
  CHECK(refusal("/record", R"({"change_points": "yes"})") ==
        "c.json: record.change_points: \"yes\" is not allowed; allowed: true or false");
  CHECK(refusal("/record", R"({"bounds": 1})") == "c.json: record.bounds: 1 is not allowed; allowed: true or false");
  CHECK_THAT(refusal("/record", R"({"weights_every_epoch": 1})"), Contains("did you mean \"weights_every_epochs\"?"));
}

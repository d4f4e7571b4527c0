// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>

#include "config_example.hpp"

using namespace steq;
using Catch::Contains;
using Catch::StartsWith;
using testing::refusal;
using testing::with;

TEST_CASE("A plug-in is given by name, by SPEC or as an object, with the same result") {
  const std::string expected = "uniform:bits=4,range=0.5";
  CHECK(to_text(with("/quantizer", R"("uniform:bits=4,range=0.5")").recipe.quantizer) == expected);
  CHECK(to_text(with("/quantizer", R"({"type": "uniform", "bits": 4, "range": 0.5})").recipe.quantizer) == expected);
  CHECK(to_text(with("/quantizer", R"("sign")").recipe.quantizer) == "sign:range=fan-in");
}

TEST_CASE("An unknown plug-in is refused with the names and a suggestion") {
  CHECK_THAT(refusal("/quantizer", R"("unifrom")"),
             StartsWith("c.json: quantizer.type: unknown quantizer \"unifrom\"; allowed: none, uniform, sign,") &&
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
             StartsWith("c.json: quantizer: 2 is not allowed; allowed: the quantizer's name: none, uniform,"));
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
  CHECK(with("/optimizer", R"("adam:learning_rate=0.01,beta1=0.5")").recipe.optimizer.learning_rate == 0.01);
  CHECK(to_text(with("/optimizer", R"("sgd:learning_rate=0,schedule=warmup-cosine:warmup=0.1")")
                    .recipe.optimizer.schedule) == "warmup-cosine:floor=0,warmup=0.1");
  CHECK_FALSE(with("/optimizer", R"("adam:learning_rate=1")").recipe.optimizer.rule.values.contains("learning_rate"));
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
  CHECK(with("/data/train_limit", "100").data.dataset.values.at("train_limit") == Value(std::int64_t{100}));
  CHECK_THAT(refusal("/data/train_limit", "0"),
             StartsWith("c.json: data.train_limit: 0 is not allowed; allowed: an integer >= 1"));
  CHECK_THAT(refusal("/data/path", ""), StartsWith("c.json: data.path: missing") && Contains("--set data.path=DIR"));
  CHECK(refusal("/data/path", "3") == "c.json: data.path: 3 is not allowed; allowed: a path");
}

TEST_CASE("Training images are augmented on request, and the resolved config says whether") {
  CHECK(resolved(with("/data/train_limit", "100"))["data"]["augment"] == "none");
  const ExperimentConfig config = with("/data/augment", R"("crop-flip")");
  CHECK(config.data.augmentation.name == "crop-flip");
  CHECK(resolved(config)["data"]["augment"] == "crop-flip");
  CHECK(with("/data", R"("mnist:path=DIR,augment=crop-flip")").data.augmentation.name == "crop-flip");
  CHECK_FALSE(config.data.dataset.values.contains("augment"));
  CHECK(refusal("/data/augment", R"("crop")") ==
        "c.json: data.augment.type: unknown augmentation \"crop\"; allowed: none, crop-flip");
  CHECK_THAT(refusal("/data/augment", "true"), StartsWith("c.json: data.augment: true is not allowed; allowed: "));
  CHECK_THAT(refusal("/data/agument", R"("none")"), Contains("did you mean \"augment\"?"));
}

TEST_CASE("Initial weights come from a scheme or a file") {
  CHECK(with("/init", R"({"file": "w.safetensors"})").recipe.init.file == "w.safetensors");
  CHECK(with("/init", R"("he-uniform")").recipe.init.scheme == "he-uniform");
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

TEST_CASE("Images are normalized by the numbers of the training images, by given ones, or not at all") {
  CHECK(resolved(with("/data/train_limit", "100"))["data"]["normalize"] == "none");
  CHECK(with("/data", R"("mnist:path=DIR,normalize=dataset")").data.normalize.of_dataset);
  const ExperimentConfig given = with("/data/normalize", R"({"mean": [0.5], "std": [0.25]})");
  CHECK_FALSE(given.data.normalize.of_dataset);
  CHECK(given.data.normalize.numbers == Normalization{{0.5}, {0.25}});
  CHECK(resolved(given)["data"]["normalize"] == Json::parse(R"({"mean": [0.5], "std": [0.25]})"));
  CHECK(with("/data/normalize", R"({"mean": 0.5, "std": 0.25})").data.normalize.numbers ==
        given.data.normalize.numbers);
}

TEST_CASE("The numbers of the training images stand in the resolved config, and are read again") {
  ExperimentConfig config = with("/data/normalize", R"("dataset")");
  CHECK(resolved(config)["data"]["normalize"] == "dataset");
  config.data.normalize.numbers = {{0.1, 0.2}, {0.3, 0.4}};
  const Json once = resolved(config);
  CHECK(once["data"]["normalize"] == Json::parse(R"({"mean": [0.1, 0.2], "std": [0.3, 0.4], "of": "dataset"})"));
  CHECK(resolved(read_config(Json::parse(once.dump()), "c.json")).dump() == once.dump());
}

TEST_CASE("A normalization that cannot be is refused") {
  CHECK(refusal("/data/normalize", R"("imagenet")") ==
        "c.json: data.normalize: \"imagenet\" is not allowed; allowed: \"none\", \"dataset\" or {\"mean\": [..], "
        "\"std\": [..]}");
  CHECK(refusal("/data/normalize", R"({"mean": [0.1], "std": [0]})") ==
        "c.json: data.normalize.std: [0] is not allowed; allowed: a list of numbers > 0");
  CHECK_THAT(refusal("/data/normalize", R"({"mean": [0.1]})"), StartsWith("c.json: data.normalize.std: missing"));
  CHECK(refusal("/data/normalize", R"({"mean": [0.1, 0.2], "std": [0.1]})") ==
        "c.json: data.normalize: 2 means and 1 standard deviations; allowed: one of each a channel");
}

TEST_CASE("Two configs are compared without names and without what follows from the data") {
  ExperimentConfig wished = with("/data/normalize", R"("dataset")"), measured = wished;
  measured.data.normalize.numbers = {{0.1}, {0.3}};
  measured.name = "another", measured.description = "the same";
  CHECK(settings_of(resolved(wished)) == settings_of(resolved(measured)));
  measured.data.normalize.of_dataset = false;
  CHECK(settings_of(resolved(wished)) != settings_of(resolved(measured)));
}

TEST_CASE("A path may begin at home") {
  const char* home = std::getenv("HOME");
  REQUIRE(home);
  CHECK(std::get<std::string>(with("/data/path", R"("~/mnist")").data.dataset.values.at("path")) ==
        std::string(home) + "/mnist");
  CHECK(with("/init", R"({"file": "~/w.safetensors"})").recipe.init.file == std::string(home) + "/w.safetensors");
}

TEST_CASE("What an optimizer refuses as a whole stands at its place") {
  CHECK(refusal("/optimizer/nesterov", "true") ==
        "c.json: optimizer.nesterov: true is not allowed without momentum; allowed: momentum above 0, or false");
  CHECK(with("/optimizer", R"({"type": "sgd", "momentum": 0.9, "nesterov": true, "learning_rate": 1})")
            .recipe.optimizer.rule.name == "sgd");
}

TEST_CASE("The keys of other libraries are answered by ours") {
  CHECK_THAT(refusal("/lr", "1"), Contains("did you mean \"optimizer.learning_rate\"?"));
  CHECK_THAT(refusal("/optimizer/lr", "1"), Contains("did you mean \"learning_rate\"?"));
  CHECK_THAT(refusal("/max_steps", "1"), Contains("did you mean \"steps\"?"));
  CHECK_THAT(refusal("/optimizer/schedule", R"({"type": "steps", "milestones": [0.5]})"),
             Contains("optimizer.schedule.milestones: unknown key") && Contains("did you mean \"at\""));
  CHECK_THAT(refusal("/quantizer", R"("ternary")"),
             Contains("unknown quantizer \"ternary\"") && Contains("did you mean"));
}

TEST_CASE("A list of a plug-in is a list, or numbers between slashes") {
  const auto at = [](const std::string& schedule) {
    return with("/optimizer/schedule", schedule).recipe.optimizer.schedule.values.at("at");
  };
  CHECK(at(R"({"type": "steps", "at": [0.5, 0.75]})") == Value(Numbers{0.5, 0.75}));
  CHECK(at(R"("steps:at=0.5/0.75")") == Value(Numbers{0.5, 0.75}));
  CHECK(at(R"("steps:at=0.5")") == Value(Numbers{0.5}));
  CHECK(resolved(with("/optimizer/schedule", R"("steps:at=0.5/0.75")"))["optimizer"]["schedule"]["at"] ==
        Json::parse("[0.5, 0.75]"));
  CHECK_THAT(refusal("/optimizer/schedule", R"({"type": "steps", "at": [0.5, "x"]})"),
             StartsWith("c.json: optimizer.schedule.at: [0.5,\"x\"] is not allowed; allowed: a list of numbers"));
}

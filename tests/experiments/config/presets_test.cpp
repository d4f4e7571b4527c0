// SPDX-License-Identifier: MIT
#include "experiments/config/presets.hpp"

#include <catch2/catch.hpp>

#include "experiments/closed_forms/order_config.hpp"
#include "experiments/closed_forms/prediction_config.hpp"
#include "experiments/config/config.hpp"
#include "tests/experiments/preset_kinds.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;

namespace {

ExperimentConfig load(const std::string& name) {
  const bool files = testing::needs_files(*find_preset(name));
  return load_config(name, files ? std::vector<std::string>{"data.path=DIR"} : std::vector<std::string>{});
}

}  // namespace

TEST_CASE("The embedded presets are the files of the source tree") {
  const std::filesystem::path folder = std::filesystem::path(STEQ_SOURCE_DIR) / "experiments" / "presets";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const Preset* preset = find_preset(entry.path().stem().string());
    REQUIRE(preset);
    CHECK(preset->text == testing::get(entry.path()));
    ++files;
  }
  CHECK(files == presets().size());
  CHECK(find_preset("none") == nullptr);
}

TEST_CASE("Every preset has its own name and a description, and can be read") {
  for (const Preset& preset : presets()) {
    INFO(preset.name);
    const Json document = load_document(preset.name);
    CHECK(document["name"] == preset.name);
    CHECK_FALSE(description(preset).empty());
    const std::string kind = testing::kind_of(preset);
    if (kind == "training")
      CHECK(load(preset.name).description == description(preset));
    else if (kind == "orders")
      CHECK(read_orders(document, preset.name).cases.size() >= 6);
    else if (kind == "predictions")
      CHECK(read_predictions(document, preset.name).cases.size() >= 6);
  }
}

TEST_CASE("The presets of the central comparison compare one learner with the others, a copy among them") {
  const std::vector<Preset> central = testing::central_presets();
  CHECK(central.size() == 5);
  for (const Preset& preset : central) {
    INFO(preset.name);
    const ExperimentConfig config = load(preset.name);
    REQUIRE(config.learners.size() >= 5);
    const LearnerConfig &first = config.learners.front(), &copy = config.learners.back();
    CHECK(copy.name == "copy");
    CHECK(copy.like == first.name);
    CHECK(to_text(copy.estimator) == to_text(first.estimator));
    CHECK(copy.learning_rate_scale == first.learning_rate_scale);
    CHECK(config.compare.size() == config.learners.size() - 1);
    for (const auto& [a, b] : config.compare) CHECK(a == first.name);
  }
}

TEST_CASE("The MNIST presets have the published settings") {
  for (const char* name : {"mnist-sgd", "mnist-adam"}) {
    const ExperimentConfig config = load(name);
    CHECK(config.batch_size == 600);
    CHECK(config.epochs == 10u);
    CHECK(to_text(config.recipe.quantizer) == "uniform:bits=2,range=fan-in");
    CHECK(to_text(config.recipe.optimizer.schedule) == "warmup-cosine:floor=0,warmup=0.02");
    CHECK(std::get<Spec>(config.model).name == "mnist-convnet");
    CHECK(to_text(config.learners[0].estimator) == "dsq:gate=range,k=6.5");
    CHECK(config.learners[1].equivalent_to == "q-hat");
    CHECK(config.learners[2].learning_rate_scale == 1.01);
    CHECK_FALSE(config.learners[3].equivalent_to);
  }
  CHECK(load("mnist-sgd").recipe.optimizer.rule.name == "sgd");
  CHECK(std::get<double>(load("mnist-sgd").recipe.optimizer.rule.values.at("momentum")) == 0.9);
  CHECK(load("mnist-sgd").recipe.optimizer.learning_rate == 1e-3);
  CHECK(load("mnist-adam").recipe.optimizer.learning_rate == 1e-4);
  CHECK(std::get<double>(load("mnist-adam").recipe.optimizer.rule.values.at("beta2")) == 0.95);
}

TEST_CASE("A preset without data says how to give them") {
  CHECK_THAT(testing::message<InputError>([] { load_config("mnist-sgd"); }),
             Catch::StartsWith("mnist-sgd: data.path: missing; required is") && Catch::Contains("--set data.path=DIR"));
}

TEST_CASE("Presets normalize their images but where they follow the authors") {
  for (const char* name : {"quickstart", "cifar-sgd", "cifar-adam"}) CHECK(load(name).data.normalize.of_dataset);
  for (const char* name : {"mnist-sgd", "mnist-adam"}) {
    const ExperimentConfig config = load(name);
    CHECK(resolved(config)["data"]["normalize"] == "none");
    CHECK_THAT(config.description, Catch::Contains("pixels / 255") && Catch::Contains("ties"));
  }
}

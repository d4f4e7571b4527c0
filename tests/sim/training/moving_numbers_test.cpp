// SPDX-License-Identifier: MIT
// Grid parameters where they are not trained, given in part, or break down.
#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;
using Catch::Contains;

namespace {

constexpr const char* kSoftActivations = "soft-staircase:levels=0/1/2,thresholds=0.5/1.5,temperature=4";

ModelSpec moving_model(const std::string& more) {
  return {
      {1, 3, 3},
      test::layers({"flatten", "dense:name=a,out=9,quantize=true" + more, "quantize:name=q", "dense:name=b,out=3"})};
}

LearnerSetup soft_learner(const ModelSpec& model) {
  LearnerSetup setup = test::learner("soft", model, "exact", "sgd", 0.05);
  setup.quantizer = parse_spec("soft-staircase:temperature_per_epoch=3", "quantizer");
  setup.activations = {parse_spec(kSoftActivations, ""), {"exact", {}}};
  return setup;
}

Cohort<double> trained(const ModelSpec& model, const LearnerSetup& setup, int steps) {
  static const Dataset data = test::random_dataset({1, 3, 3}, 16, 3);
  Cohort<double> cohort(model, data, {setup}, {.batch_size = 4, .steps = static_cast<std::size_t>(steps)});
  cohort.run({}, false);
  return cohort;
}

}  // namespace

TEST_CASE("of a tensor that is not trained only the schedule moves the grid", "[training]") {
  const ModelSpec still = moving_model(",trainable=false"), moving = moving_model("");
  const auto numbers = [](const ModelSpec& model, int steps) {
    return trained(model, soft_learner(model), steps).learners()[0].tensors()[0].grid().numbers().named();
  };
  const NamedNumbers before = numbers(still, 0), after = numbers(still, 9), free = numbers(moving, 9);
  CHECK(before.at("alpha") == after.at("alpha"));
  CHECK(before.at("beta") == after.at("beta"));
  CHECK(free.at("alpha") != after.at("alpha"));
  CHECK(before.at("temperature") == std::vector<double>{3});
  CHECK(after.at("temperature") == std::vector<double>{9});  // of the third epoch
  CHECK(free.at("temperature") == after.at("temperature"));
}

TEST_CASE("numbers that were not given come from the first batch", "[training]") {
  const ModelSpec model = moving_model("");
  LearnerSetup setup = soft_learner(model);
  const auto numbers = [&] { return trained(model, setup, 0).learners()[0].activations()[0].numbers().named(); };
  const NamedNumbers own = numbers();
  setup.grid_numbers["q"] = {{"alpha", {0.25}}};
  const NamedNumbers mixed = numbers();
  CHECK(mixed.at("alpha") == std::vector<double>{0.25});
  CHECK(mixed.at("beta") == own.at("beta"));
  setup.grid_numbers["q"]["beta"] = {7};
  CHECK(numbers().at("beta") == std::vector<double>{7});
}

TEST_CASE("a number that is not finite ends the training of its learner", "[training]") {
  const ModelSpec model = moving_model("");
  LearnerSetup setup = soft_learner(model);
  setup.activations->quantizer.values["rate_factor"] = Value(1e308);
  setup.learning_rate = 100;
  setup.quantizer = {"none", {}};
  CHECK_THROWS_WITH(trained(model, setup, 1), Contains("q: grid parameter") && Contains("became"));
}

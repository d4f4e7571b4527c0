// SPDX-License-Identifier: MIT
#include "sim/training/cohort.hpp"

#include <catch2/catch.hpp>

#include "experiments/config/weight_map.hpp"
#include "experiments/training/learner_setups.hpp"
#include "tests/sim/training/cohort_harness.hpp"
#include "tests/sim/training/learner_configs.hpp"

using namespace steq;
using Catch::Contains;

namespace {

ModelSpec cohort_model() {
  return {{1, 6, 6},
          test::layers({"conv2d:name=conv,out=4,kernel=3,quantize=true", "relu", "flatten", "dense:name=fc1,out=6",
                        "relu", "dense:name=fc2,out=3"})};
}

CohortSettings cohort_settings(std::size_t steps) { return {.batch_size = 5, .steps = steps}; }

/// Notes the views of one learner.
struct Noter : Observer<float> {
  std::vector<Step> steps, ends;
  std::vector<double> rates, accuracies;
  void after_update(const StepView<float>& view) override {
    if (view.index != 1) return;
    steps.push_back(view.step), rates.push_back(view.learning_rate), accuracies.push_back(view.batch_accuracy);
  }
  void after_step(Step step) override { ends.push_back(step); }
};

template <class T>
void check_breakdown() {
  const Dataset data = test::random_dataset({1, 6, 6}, 20, 3);
  Cohort<T> cohort(cohort_model(), data,
                   {test::learner("calm", cohort_model(), "dsq", "sgd", 0.01),
                    test::learner("wild", cohort_model(), "ste", "sgd", std::is_same_v<T, float> ? 1e30 : 1e300)},
                   cohort_settings(50));
  const std::vector<TensorInfo>& tensors = cohort.network().tensors();
  LossRecorder<T> losses(2);
  const std::vector<Observer<T>*> observers{&losses};
  try {
    cohort.run(observers, false);
    FAIL("nothing broke down");
  } catch (const NumericalError& error) {
    CHECK(error.learner() == "wild");
    CHECK(error.step() == cohort.steps_done() + 1);
    CHECK((error.tensor() == "loss" || std::any_of(tensors.begin(), tensors.end(), [&](const TensorInfo& tensor) {
             return tensor.name == error.tensor();
           })));
    CHECK_THAT(error.what(), Contains(fmt::format("step {}, learner wild, tensor {}", error.step(), error.tensor())));
  }
  CHECK(losses.losses(0).size() == cohort.steps_done());
  CHECK(losses.losses(1).size() == cohort.steps_done());
}

/// M of q-hat's start minus the start of its STE equivalent: exactly 0, by the map that the metric uses.
template <class T>
double start_error() {
  ExperimentConfig config;
  config.precision = std::is_same_v<T, double> ? "double" : "float";
  config.learners = {test::configured("q-hat", "dsq", "sgd:momentum=0.9", 0.1),
                     test::configured("ste", "ste", "sgd:momentum=0.9", 0.1)};
  config.learners[1].equivalent_to = "q-hat";
  ExperimentInputs inputs;
  inputs.model = cohort_model();
  inputs.tensors = GraphBuilder<double>::build(cohort_model()).tensors;
  inputs.drawn.weights = draw_initial_weights(inputs.tensors, 2);
  const Dataset data = test::random_dataset({1, 6, 6}, 20, 3);
  const Cohort<T> cohort(cohort_model(), data, learner_setups<T>(config, inputs), cohort_settings(1));
  const WeightMap map = weight_map(config, "q-hat", "ste");
  const auto &a = cohort.learners()[0].tensors()[0], &b = cohort.learners()[1].tensors()[0];
  double error = 0, moved = 0;
  for (std::size_t i = 0; i < a.latent().size(); ++i) {
    error +=
        std::abs(map(a.quantizer().grid(), static_cast<double>(a.latent()[i])) - static_cast<double>(b.latent()[i]));
    moved += std::abs(static_cast<double>(a.latent()[i] - b.latent()[i]));
  }
  CHECK(moved > 0.1);
  CHECK(std::equal(a.levels().begin(), a.levels().end(), b.levels().begin()));
  return error;
}

}  // namespace

TEST_CASE("a learner that breaks down is named, with step and tensor", "[training]") {
  check_breakdown<float>();
  check_breakdown<double>();
}

TEST_CASE("all learners have done the step at which one breaks down", "[training]") {
  const Dataset data = test::random_dataset({1, 6, 6}, 20, 3);
  const auto twin = [](const char* name) { return test::learner(name, cohort_model(), "dsq", "sgd", 1e300); };
  Cohort<double> cohort(cohort_model(), data, {twin("first"), twin("second")}, cohort_settings(20));
  CHECK_THROWS_AS(cohort.run({}, false), NumericalError);
  CHECK(cohort.learners()[0].same_network(cohort.learners()[1]));
  CHECK(cohort.learners()[0].tensors()[0].path_length() > 0);
}

TEST_CASE("observers see every step of every learner", "[training]") {
  const Dataset data = test::random_dataset({1, 6, 6}, 20, 3);
  const std::vector<LearnerSetup> setups = test::scheduled(
      {test::learner("a", cohort_model(), "dsq", "sgd", 0.1), test::learner("b", cohort_model(), "ste", "sgd", 0.3)},
      "warmup-cosine:warmup=0.5");
  Cohort<float> cohort(cohort_model(), data, setups, cohort_settings(6));
  Noter noter;
  const std::vector<Observer<float>*> observers{&noter};
  cohort.run(observers, false);
  CHECK(noter.steps == std::vector<Step>{1, 2, 3, 4, 5, 6});
  CHECK(noter.ends == noter.steps);
  CHECK(noter.rates[0] == 0);
  CHECK(noter.rates[1] == Approx(0.1));
  CHECK(noter.rates[3] == Approx(0.3));
  for (const double accuracy : noter.accuracies) CHECK(accuracy * 5 == std::round(accuracy * 5));
}

TEST_CASE("a stop is heeded before the next step", "[training]") {
  const Dataset data = test::random_dataset({1, 6, 6}, 20, 3);
  Cohort<float> cohort(cohort_model(), data, {test::learner("a", cohort_model(), "dsq", "sgd", 0.1)},
                       cohort_settings(6));
  std::atomic<bool> stop = true;
  cohort.run({}, stop);
  CHECK(cohort.steps_done() == 0);
  stop = false;
  cohort.run({}, stop);
  CHECK(cohort.steps_done() == 6);
  CHECK(cohort.steps_per_epoch() == 4);
}

TEST_CASE("evaluation gives loss, accuracy and logits of one learner", "[training]") {
  const Dataset data = test::random_dataset({1, 6, 6}, 33, 3);
  Cohort<double> cohort(cohort_model(), data, {test::learner("a", cohort_model(), "dsq", "sgd", 0.5)},
                        cohort_settings(4));
  cohort.run({}, false);
  const Evaluation evaluation = cohort.evaluate(0, data);
  REQUIRE(evaluation.logits.size() == 99);
  double loss = 0, correct = 0;
  for (std::size_t i = 0; i < 33; ++i) {
    const double* z = evaluation.logits.data() + 3 * i;
    loss += std::log(std::exp(z[0]) + std::exp(z[1]) + std::exp(z[2])) - z[data.labels[i]];
    correct += std::max_element(z, z + 3) - z == data.labels[i];
  }
  CHECK(evaluation.loss == Approx(loss / 33).epsilon(1e-13));
  CHECK(evaluation.accuracy == Approx(correct / 33));
}

TEST_CASE("the alignment error at the start is exactly 0", "[training]") {
  CHECK(start_error<float>() == 0);
  CHECK(start_error<double>() == 0);
}

TEST_CASE("a recipe that does not exist is refused in the learner's name", "[training]") {
  const Dataset data = test::random_dataset({1, 6, 6}, 20, 3);
  CHECK_THROWS_WITH(Cohort<float>(cohort_model(), data, {test::learner("odd", cohort_model(), "dsk", "sgd", 0.1)},
                                  cohort_settings(1)),
                    Contains("odd") && Contains("dsq"));
}

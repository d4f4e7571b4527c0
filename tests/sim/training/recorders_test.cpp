// SPDX-License-Identifier: MIT
#include "sim/training/recorders.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;

namespace {

ModelSpec tiny_model() {
  return {{1, 4, 4},
          test::layers({"conv2d:name=conv,out=3,kernel=3,quantize=true", "relu", "flatten", "dense:name=fc,out=3"})};
}

Cohort<double> tiny_cohort(const Dataset& data, std::size_t steps) {
  const ModelSpec model = tiny_model();
  return {model,
          data,
          {test::learner("a", model, "dsq", "sgd:momentum=0.9", 0.5), test::learner("b", model, "ste", "sgd", 0.5)},
          {.batch_size = 4, .steps = steps}};
}

/// The latent weights of conv, noted by hand.
struct TypedNoter : Observer<double> {
  std::vector<std::vector<double>> latent;
  void after_update(const StepView<double>& view) override {
    const auto w = view.learner.tensors()[0].latent();
    if (view.index == 1) latent.emplace_back(w.begin(), w.end());
  }
};

}  // namespace

TEST_CASE("latent weights are kept at steps 0, k, 2k, ... and the last", "[training]") {
  const Dataset data = test::random_dataset({1, 4, 4}, 12, 3);
  for (const auto& [every, steps] :
       {std::pair{3u, std::vector<Step>{0, 3, 6, 7}}, {1u, {0, 1, 2, 3, 4, 5, 6, 7}}, {7u, {0, 7}}, {50u, {0, 7}}}) {
    Cohort<double> cohort = tiny_cohort(data, 7);
    LatentRecorder<double> recorder(cohort.learners(), every, 7);
    TypedNoter noter;
    const std::vector<Observer<double>*> observers{&recorder, &noter};
    const auto start = cohort.learners()[1].tensors()[0].latent();
    std::vector<double> expected(start.begin(), start.end());
    cohort.run(observers, false);
    for (const Step step : steps)
      if (step > 0) expected.insert(expected.end(), noter.latent[step - 1].begin(), noter.latent[step - 1].end());
    CHECK(recorder.steps() == steps);
    CHECK(recorder.latent(1, 0) == expected);
    CHECK(recorder.latent(0, 1).empty());  // not quantized
  }
}

TEST_CASE("latent weights of the step at which training was stopped early are kept once", "[training]") {
  const Dataset data = test::random_dataset({1, 4, 4}, 12, 3);
  Cohort<double> cohort = tiny_cohort(data, 7);
  LatentRecorder<double> recorder(cohort.learners(), 3, 7);
  const std::vector<Observer<double>*> observers{&recorder};
  for (int i = 0; i < 5; ++i) cohort.step(observers);
  for (int i = 0; i < 2; ++i) recorder.finish(cohort.learners(), cohort.steps_done());
  CHECK(recorder.steps() == std::vector<Step>{0, 3, 5});
  const auto latent = cohort.learners()[1].tensors()[0].latent();
  const std::vector<double>& kept = recorder.latent(1, 0);
  REQUIRE(kept.size() == 3 * latent.size());
  CHECK(std::equal(latent.begin(), latent.end(), kept.end() - static_cast<std::ptrdiff_t>(latent.size())));
}

TEST_CASE("change points lead from the initial levels to the last ones", "[training]") {
  const Dataset data = test::random_dataset({1, 4, 4}, 12, 3);
  Cohort<double> cohort = tiny_cohort(data, 40);
  ChangeRecorder<double> recorder(cohort.learners());
  const std::vector<Observer<double>*> observers{&recorder};
  cohort.run(observers, false);
  for (std::size_t i = 0; i < 2; ++i) {
    const ChangePointLog& log = recorder.logs(i)[0];
    std::vector<Level> levels = log.initial_levels();
    std::pair<Step, WeightIndex> before{0, 0};
    for (std::size_t k = 0; k < log.size(); ++k) {
      const ChangePoint point = log[k];
      CHECK(levels[point.weight] != point.level);
      CHECK((k == 0 || before < std::pair{point.step, point.weight}));
      before = {point.step, point.weight};
      levels[point.weight] = point.level;
    }
    const auto last = cohort.learners()[i].tensors()[0].levels();
    CHECK(levels == std::vector<Level>(last.begin(), last.end()));
    CHECK(log.size() > 10);
    CHECK(recorder.change_points(i) == log.size());
    CHECK(recorder.logs(i)[1].size() == 0);
  }
}

TEST_CASE("losses are those of the batch before the update", "[training]") {
  const Dataset data = test::random_dataset({1, 4, 4}, 4, 3);
  Cohort<double> cohort = tiny_cohort(data, 5);
  LossRecorder<double> recorder(2);
  const std::vector<Observer<double>*> observers{&recorder};
  for (std::size_t t = 0; t < 5; ++t) {
    const double before = cohort.evaluate(1, data).loss;  // the only batch is all the data
    cohort.step(observers);
    CHECK(recorder.losses(1)[t] == Approx(before).epsilon(1e-13));
  }
}

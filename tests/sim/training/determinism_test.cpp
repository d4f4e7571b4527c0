// SPDX-License-Identifier: MIT
// The same cohort gives the same bits, whatever the number of threads, whoever else trains beside a learner.
#include <catch2/catch.hpp>

#include "sim/models/model.hpp"
#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;
using test::Outcome;

namespace {

/// Synthetic digits, every second row and column.
Dataset small_digits(std::int64_t size) {
  const Dataset full =
      dataset_registry()
          .make({"synthetic-digits", {{"train_size", size}, {"test_size", std::int64_t{1}}}}, "data", std::uint64_t{3})
          .train;
  Dataset small{{1, 14, 14}, {}, full.labels};
  for (std::size_t i = 0; i < full.pixels.size(); ++i)
    if (i % 28 % 2 == 0 && i / 28 % 2 == 0) small.pixels.push_back(full.pixels[i]);
  return small;
}

ModelSpec convnet(const SampleShape& image) {
  return model_registry().make({"mnist-convnet", {}}, "model", image, std::size_t{10});
}

ModelSpec residual_net() {
  ModelSpec model{
      {1, 14, 14},
      test::layers({"conv2d:name=conv1,out=6,kernel=3,stride=2,padding=1", "batch_norm2d:name=bn1", "relu"})};
  model.layers.push_back(test::residual(test::layers(
      {"conv2d:name=conv2,out=6,kernel=3,padding=1,bias=false,quantize=true", "batch_norm2d:name=bn2", "relu"})));
  for (const LayerSpec& layer :
       test::layers({"max_pool2d", "flatten", "dense:name=fc1,out=20,quantize=true", "relu", "dense:name=fc2,out=10"}))
    model.layers.push_back(layer);
  return model;
}

/// q-hat, its identical copy, the STE, and the control that rounds otherwise.
std::vector<LearnerSetup> learners(const ModelSpec& model, const std::string& optimizer, double rate) {
  LearnerSetup rounding = test::learner("rounding", model, "dsq", optimizer, rate);
  rounding.rounding = true;
  return test::scheduled(
      {test::learner("q-hat", model, "dsq", optimizer, rate), test::learner("copy", model, "dsq", optimizer, rate),
       test::learner("ste", model, "ste", optimizer, rate), rounding},
      "warmup-cosine:warmup=0.2");
}

CohortSettings settings(std::size_t batch, std::size_t steps, int threads, bool share_passes) {
  return {.batch_size = batch,
          .steps = steps,
          .shuffle = true,
          .seed = 7,
          .threads = threads,
          .share_passes = share_passes};
}

struct Trial {
  ModelSpec model;
  Dataset data;
  std::string optimizer;
  double rate;
  std::size_t batch, steps;
};

std::size_t changes(const Outcome& outcome) {
  std::size_t count = 0;
  for (const auto& tensor : outcome.changes) count += tensor.size() / 3;
  return count;
}

template <class T>
void check_trial(const Trial& trial) {
  const std::vector<LearnerSetup> all = learners(trial.model, trial.optimizer, trial.rate);
  const auto run = [&](const std::vector<LearnerSetup>& some, int threads, bool share_passes) {
    return test::run_cohort<T>(trial.model, trial.data, some,
                               settings(trial.batch, trial.steps, threads, share_passes));
  };
  const std::vector<Outcome> expected = run(all, 1, false);
  CHECK(changes(expected[0]) > 20);
  CHECK(expected[0] == expected[1]);        // the identical copy
  CHECK_FALSE(expected[0] == expected[2]);  // the comparison can tell learners apart
  CHECK_FALSE(expected[0] == expected[3]);
  for (const int threads : {2, 3, 4}) CHECK(run(all, threads, false) == expected);
  CHECK(run(all, 2, true) == expected);
  CHECK(run({all[2]}, 1, true) == std::vector<Outcome>{expected[2]});  // alone
  CHECK(run({all[3]}, 2, true) == std::vector<Outcome>{expected[3]});
  CHECK(run({all[2], all[0]}, 3, true) == std::vector<Outcome>{expected[2], expected[0]});
}

template <class T>
TensorValues unobserved_weights(const Trial& trial) {
  Cohort<T> cohort(trial.model, trial.data, {learners(trial.model, trial.optimizer, trial.rate)[0]},
                   settings(trial.batch, trial.steps, 2, true));
  cohort.run({}, false);
  return test::outcome(cohort.learners()[0], {}, {}).weights;
}

Trial small_convnet(const std::string& optimizer, double rate) {
  return {convnet({1, 14, 14}), small_digits(90), optimizer, rate, 37, 4};
}

Trial norms(const std::string& optimizer, double rate) {
  return {residual_net(), small_digits(270), optimizer, rate, 131, 5};
}

}  // namespace

TEST_CASE("mnist-convnet: the same bits at 1, 2, 3 and 4 threads, shared or alone", "[training]") {
  check_trial<float>(small_convnet("sgd:momentum=0.9", 0.3));
  check_trial<double>(small_convnet("sgd:momentum=0.9", 0.3));
  check_trial<float>(small_convnet("adam", 0.01));
}

TEST_CASE("residual network with norms: the same bits at 1, 2, 3 and 4 threads, shared or alone", "[training]") {
  check_trial<float>(norms("sgd:momentum=0.9", 0.3));
  check_trial<float>(norms("adam", 0.02));
  check_trial<double>(norms("adam", 0.02));
}

TEST_CASE("gradients clipped to a norm: the same bits at any number of threads", "[training]") {
  check_trial<float>(norms("sgd:momentum=0.9,clip_norm=0.5", 0.3));
  check_trial<double>(norms("adam:clip_norm=0.5", 0.02));
}

TEST_CASE("recording changes nothing", "[training]") {
  const Trial trial = norms("sgd:momentum=0.9", 0.3);
  const std::vector<LearnerSetup> one{learners(trial.model, trial.optimizer, trial.rate)[0]};
  const auto recorded =
      test::run_cohort<float>(trial.model, trial.data, one, settings(trial.batch, trial.steps, 2, true));
  CHECK(unobserved_weights<float>(trial) == recorded[0].weights);
}

TEST_CASE("learners that differ in the statistics of their norms alone do not share a pass", "[training]") {
  const Trial trial = norms("sgd", 0.3);
  std::vector<LearnerSetup> both = learners(trial.model, trial.optimizer, trial.rate);
  both.resize(2);
  const Network<float> network(trial.model, 4, 1);
  for (const StatisticInfo& info : network.statistics()) both[1].statistics.emplace_back(info.size, 0.5);
  const auto alone =
      test::run_cohort<float>(trial.model, trial.data, both, settings(trial.batch, trial.steps, 1, false));
  CHECK(test::run_cohort<float>(trial.model, trial.data, both, settings(trial.batch, trial.steps, 1, true)) == alone);
  CHECK(alone[0].weights == alone[1].weights);
  CHECK(alone[0].statistics != alone[1].statistics);
}

TEST_CASE("the seed decides the order of the batches", "[training]") {
  const Trial trial = norms("sgd", 0.3);
  const std::vector<LearnerSetup> one{learners(trial.model, trial.optimizer, trial.rate)[0]};
  CohortSettings other = settings(trial.batch, trial.steps, 1, true);
  const auto first = test::run_cohort<float>(trial.model, trial.data, one, other);
  other.seed = 8;
  CHECK_FALSE(test::run_cohort<float>(trial.model, trial.data, one, other) == first);
}

TEST_CASE("mnist-convnet on whole digits at batch 128: the same bits at any number of threads", "[training][slow]") {
  const Dataset digits = dataset_registry()
                             .make({"synthetic-digits", {{"train_size", std::int64_t{600}}}}, "data", std::uint64_t{3})
                             .train;
  const Trial trial{convnet({1, 28, 28}), digits, "sgd:momentum=0.9", 0.1, 128, 10};
  check_trial<float>(trial);
  check_trial<double>(trial);
}

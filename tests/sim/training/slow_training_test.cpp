// SPDX-License-Identifier: MIT
// Whole cohorts against the slow network trained by formulas written anew: latent weights of every step, levels, change
// points and losses.
#include <catch2/catch.hpp>

#include "experiments/training/learner_setups.hpp"
#include "tests/sim/training/cohort_harness.hpp"
#include "tests/sim/training/learner_configs.hpp"
#include "tests/slow/training.hpp"

using namespace steq;

namespace {

constexpr std::size_t kSamples = 43, kBatch = 8;
constexpr int kSlowSteps = 60;
constexpr double kSteepness = 6.5;

struct Recipe {
  std::string optimizer, schedule;
  double learning_rate;
  slow::Optimizer slow_optimizer;
  double warmup;  ///< negative: a constant rate

  double share(int c) const { return warmup < 0 ? 1 : slow::warmup_cosine(c, kSlowSteps, warmup); }
  bool rescales() const { return slow_optimizer.kind == slow::Optimizer::Kind::sgd; }
};

using Rule = slow::Optimizer::Kind;

/// Biases everywhere before a relu: 2-bit weights times whole pixels often add up to 0, where rounding decides its
/// slope.
ModelSpec plain_model() {
  return {{1, 6, 7},
          test::layers({"conv2d:name=conv1,out=4,kernel=3,padding=1,quantize=true", "relu", "avg_pool2d",
                        "conv2d:name=conv2,out=5,kernel=2,quantize=true", "relu", "flatten",
                        "dense:name=fc1,out=6,quantize=true", "relu", "dense:name=fc2,out=3"})};
}

ModelSpec residual_model() {
  ModelSpec model{
      {2, 5, 5},
      test::layers({"conv2d:name=conv1,out=3,kernel=3,padding=1,bias=false", "batch_norm2d:name=bn1", "relu"})};
  model.layers.push_back(
      test::residual(test::layers({"conv2d:name=conv2,out=4,kernel=3,stride=2,padding=1,bias=false,quantize=true",
                                   "batch_norm2d:name=bn2"}),
                     test::layers({"conv2d:name=conv3,out=4,kernel=1,stride=2,bias=false,quantize=true"})));
  for (const LayerSpec& layer : test::layers({"relu", "global_avg_pool2d", "dense:name=fc,out=3"}))
    model.layers.push_back(layer);
  return model;
}

/// dsq and its STE equivalent, by way of a config, as `steq run` does it.
std::vector<LearnerSetup> pair(const ModelSpec& model, const Recipe& recipe) {
  ExperimentConfig config;
  config.learners = {test::configured("q-hat", "dsq:k=6.5", recipe.optimizer, recipe.learning_rate),
                     test::configured("ste", "ste", recipe.optimizer, recipe.learning_rate)};
  for (LearnerConfig& learner : config.learners) learner.optimizer.schedule = parse_spec(recipe.schedule, "");
  config.learners[1].equivalent_to = "q-hat";
  ExperimentInputs inputs;
  inputs.model = model;
  inputs.tensors = GraphBuilder<double>::build(model).tensors;
  inputs.drawn.weights = test::random_weights(inputs.tensors);
  return learner_setups<double>(config, inputs);
}

/// The same two learners by the formulas of the paper.
std::vector<slow::Learner> slow_pair(const ModelSpec& model, const Recipe& recipe) {
  std::vector<slow::Learner> learners;
  const std::vector<TensorInfo> infos = GraphBuilder<double>::build(model).tensors;
  const TensorValues start = test::random_weights(infos);
  for (const bool ste : {false, true}) {
    std::vector<slow::Learner::Tensor> tensors;
    for (std::size_t t = 0; t < infos.size(); ++t) {
      const slow::SoftStep dsq{slow::Grid(static_cast<double>(infos[t].fan_in), 2), kSteepness};
      slow::SoftStep own = dsq;
      if (ste) own.k = 0;
      tensors.push_back({infos[t].name, infos[t].quantize, own, 1, start[t]});
      if (!ste || !infos[t].quantize || !recipe.rescales()) continue;
      tensors.back().rate_factor = dsq.alpha();
      for (double& w : tensors.back().latent) w = dsq.map(w);
    }
    learners.emplace_back(model, std::move(tensors), recipe.slow_optimizer);
  }
  return learners;
}

/// Whole batches in file order, from the start again every epoch.
std::vector<std::uint32_t> slow_batch(int step) {
  std::vector<std::uint32_t> samples;
  for (std::size_t i = 0; i < kBatch; ++i)
    samples.push_back(static_cast<std::uint32_t>(static_cast<std::size_t>(step) % (kSamples / kBatch) * kBatch + i));
  return samples;
}

std::vector<slow::Change> changes_of(const ChangePointLog& log) {
  std::vector<slow::Change> changes;
  for (std::size_t i = 0; i < log.size(); ++i) changes.push_back({log[i].step, log[i].weight, log[i].level});
  return changes;
}

/// A cohort with all that was recorded of it.
struct Run {
  Cohort<double> cohort;
  LatentRecorder<double> latent{cohort.learners(), 1, kSlowSteps};
  ChangeRecorder<double> changes{cohort.learners()};
  LossRecorder<double> losses{2};

  Run(const ModelSpec& model, const Recipe& recipe, const Dataset& data)
      : cohort(model, data, pair(model, recipe), {.batch_size = kBatch, .steps = kSlowSteps, .shuffle = false}) {
    const std::vector<Observer<double>*> observers{&latent, &changes, &losses};
    cohort.run(observers, false);
  }

  std::vector<double> latent_at(std::size_t learner, std::size_t tensor, int step) const {
    const auto n = static_cast<std::ptrdiff_t>(cohort.network().tensors()[tensor].size());
    const auto begin = latent.latent(learner, tensor).begin() + step * n;
    return {begin, begin + n};
  }
};

/// Largest relative difference of the latent weights of all quantized tensors after that step.
double latent_difference(const Run& run, std::size_t learner, int step, const slow::Learner& twin) {
  double worst = 0;
  for (std::size_t k = 0; k < twin.tensors.size(); ++k)
    if (twin.tensors[k].quantize)
      worst = std::max(worst, test::difference(run.latent_at(learner, k, step), twin.tensors[k].latent));
  return worst;
}

/// Trains the twin beside the records of the learner; the number of its change points.
std::size_t check_learner(const Run& run, std::size_t learner, slow::Learner& twin, const Dataset& data,
                          const Recipe& recipe) {
  double worst = latent_difference(run, learner, 0, twin), worst_loss = 0;
  for (int t = 1; t <= kSlowSteps; ++t) {
    const auto samples = slow_batch(t - 1);
    const double rate = recipe.learning_rate * recipe.share(t - 1);
    const double loss = twin.step(test::images(data, samples), test::labels(data, samples), rate, t);
    worst_loss = std::max(worst_loss, std::abs(run.losses.losses(learner)[static_cast<std::size_t>(t) - 1] / loss - 1));
    worst = std::max(worst, latent_difference(run, learner, t, twin));
  }
  CHECK(worst < 1e-12);
  CHECK(worst_loss < 1e-12);
  std::size_t moved = 0;
  for (std::size_t k = 0; k < twin.tensors.size(); ++k) {
    const WeightTensor<double>& tensor = run.cohort.learners()[learner].tensors()[k];
    CHECK(test::difference({tensor.latent().begin(), tensor.latent().end()}, twin.tensors[k].latent) < 1e-12);
    CHECK(std::vector<int>(tensor.levels().begin(), tensor.levels().end()) == twin.tensors[k].levels);
    CHECK(changes_of(run.changes.logs(learner)[k]) == twin.tensors[k].changes);
    moved += twin.tensors[k].changes.size();
  }
  return moved;
}

void check_recipe(const ModelSpec& model, const Recipe& recipe) {
  INFO(recipe.optimizer << ", " << recipe.schedule);
  const Dataset data = test::random_dataset(model.input, kSamples, 3, 9);
  const Run run(model, recipe, data);
  std::vector<slow::Learner> twins = slow_pair(model, recipe);
  for (std::size_t i = 0; i < 2; ++i) CHECK(check_learner(run, i, twins[i], data, recipe) > 25);
}

// A larger epsilon than usual: where a gradient is all rounding, dividing by its size would make the rounding a step.
const slow::Optimizer kMomentum{.kind = Rule::sgd, .momentum = 0.9};
const slow::Optimizer kAdam{.kind = Rule::adam, .epsilon = 1e-6};
const slow::Optimizer kRmsProp{.kind = Rule::rmsprop, .beta2 = 0.99, .epsilon = 1e-6};

}  // namespace

TEST_CASE("the plain network trains as the slow one does", "[training]") {
  check_recipe(plain_model(), {"sgd:momentum=0.9", "warmup-cosine:warmup=0.1", 0.15, kMomentum, 0.1});
  check_recipe(plain_model(), {"sgd", "constant", 0.5, {}, -1});
  check_recipe(plain_model(), {"adam:epsilon=1e-6", "warmup-cosine", 0.03, kAdam, 0.02});
  check_recipe(plain_model(), {"rmsprop:epsilon=1e-6", "constant", 0.01, kRmsProp, -1});
}

TEST_CASE("the residual network with norms trains as the slow one does", "[training]") {
  check_recipe(residual_model(), {"sgd:momentum=0.9", "warmup-cosine:warmup=0.1", 0.15, kMomentum, 0.1});
  check_recipe(residual_model(), {"adam:beta1=0.8,beta2=0.99,epsilon=1e-6",
                                  "constant",
                                  0.03,
                                  {.kind = Rule::adam, .beta1 = 0.8, .beta2 = 0.99, .epsilon = 1e-6},
                                  -1});
}

TEST_CASE("clipping and decay are those of the slow trainer", "[training]") {
  const slow::Optimizer clipped{.kind = slow::Optimizer::Kind::sgd, .momentum = 0.9, .clip_norm = 0.3};
  check_recipe(plain_model(), {"sgd:momentum=0.9,clip_norm=0.3", "constant", 0.15, clipped, -1});
  const slow::Optimizer cut{.kind = slow::Optimizer::Kind::sgd, .clip_value = 0.01, .weight_decay = 0.03};
  check_recipe(plain_model(), {"sgd:clip_value=0.01,weight_decay=0.03", "constant", 2, cut, -1});
  slow::Optimizer decayed = kAdam;
  decayed.clip_value = 0.02, decayed.clip_norm = 0.4, decayed.weight_decay = 0.01, decayed.decoupled_decay = 0.2;
  check_recipe(residual_model(),
               {"adam:epsilon=1e-6,clip_value=0.02,clip_norm=0.4,weight_decay=0.01,decoupled_decay=0.2", "constant",
                0.03, decayed, -1});
}

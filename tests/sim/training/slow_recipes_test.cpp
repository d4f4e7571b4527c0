// SPDX-License-Identifier: MIT
// Learners whose grid moves, and one whose activations are quantized, against the slow network: latent weights, grid
// parameters, losses and change points of every step.
#include <catch2/catch.hpp>

#include "tests/sim/training/cohort_harness.hpp"
#include "tests/slow/quantizers.hpp"
#include "tests/slow/training.hpp"

using namespace steq;

namespace {

constexpr std::size_t kRecipeSamples = 40, kRecipeBatch = 8;
constexpr int kRecipeSteps = 40;
constexpr double kRecipeRate = 0.05, kRecipeMomentum = 0.9;

ModelSpec recipe_model() {
  return {{1, 3, 3},
          test::layers({"flatten", "dense:name=a,out=9,quantize=true", "quantize:name=q", "relu",
                        "dense:name=b,out=3,quantize=true"})};
}

using MakeGrid = std::function<std::unique_ptr<slow::MovingGrid>(std::size_t weights)>;

/// A number that learns by SGD with momentum.
struct Momentum {
  double moment = 0;
  void step(double& x, double gradient, double rate) {
    moment = kRecipeMomentum * moment + gradient;
    x -= rate * moment;
  }
};

/// The slow learner: every tensor of the network with its grid, null for biases.
struct SlowRecipe {
  struct Tensor {
    std::string name;
    slow::Values latent;
    std::unique_ptr<slow::MovingGrid> grid;
    std::vector<Momentum> of_weights, of_numbers = std::vector<Momentum>(2);
    std::vector<int> levels = {};
    std::vector<slow::Change> changes = {};
  };
  slow::Network network{recipe_model()};
  std::vector<Tensor> tensors;

  SlowRecipe(const TensorValues& start, const std::vector<TensorInfo>& infos, const MakeGrid& make) {
    for (std::size_t t = 0; t < infos.size(); ++t) {
      Tensor& tensor = tensors.emplace_back();
      tensor.name = infos[t].name, tensor.latent = start[t];
      tensor.of_weights.resize(start[t].size());
      if (infos[t].quantize && make) tensor.grid = make(start[t].size());
      if (tensor.grid) tensor.grid->start(tensor.latent);
      quantize(tensor, 0);
    }
  }

  void quantize(Tensor& tensor, long update) {
    slow::Values& values = network.state.weights[tensor.name];
    values = tensor.latent;
    if (!tensor.grid) return;
    tensor.grid->fit(tensor.latent, update / static_cast<long>(kRecipeSamples / kRecipeBatch));
    const std::vector<int> before = tensor.levels;
    tensor.levels.clear();
    for (double& w : values) {
      tensor.levels.push_back(tensor.grid->level(w));
      w = tensor.grid->value(w);
    }
    for (std::size_t i = 0; i < before.size(); ++i)
      if (tensor.levels[i] != before[i]) tensor.changes.push_back({update, static_cast<long>(i), tensor.levels[i]});
  }

  void learn(Tensor& tensor, const slow::Values& gradient) {
    for (std::size_t l = 0; tensor.grid && l < tensor.grid->learned.size(); ++l) {
      double sum = 0;
      for (std::size_t i = 0; i < gradient.size(); ++i)
        sum += gradient[i] * tensor.grid->derivatives(tensor.latent[i])[l];
      sums_[l] = sum;
    }
    for (std::size_t i = 0; i < gradient.size(); ++i)
      tensor.of_weights[i].step(tensor.latent[i],
                                gradient[i] * (tensor.grid ? tensor.grid->slope(tensor.latent[i]) : 1), kRecipeRate);
    for (std::size_t l = 0; tensor.grid && l < tensor.grid->learned.size(); ++l)
      tensor.of_numbers[l].step(tensor.grid->numbers[tensor.grid->learned[l]], sums_[l],
                                kRecipeRate * tensor.grid->rate_factor);
  }

  double step(const slow::Images& x, const std::vector<std::uint8_t>& labels, long t) {
    const double loss = network.train(x, labels);
    for (Tensor& tensor : tensors) learn(tensor, network.state.gradients.at(tensor.name));
    for (Tensor& tensor : tensors) quantize(tensor, t);
    return loss;
  }

 private:
  double sums_[2] = {};
};

LearnerSetup setup_of(const std::string& quantizer, const std::string& estimator) {
  LearnerSetup setup = test::learner("a", recipe_model(), estimator, "sgd:momentum=0.9", kRecipeRate);
  setup.quantizer = parse_spec(quantizer, "");
  // With biases: a few levels times whole pixels often add up to 0, where rounding decides the slope of a relu.
  setup.initial = test::random_weights(GraphBuilder<double>::build(recipe_model()).tensors);
  return setup;
}

double recipe_difference(std::span<const double> a, const slow::Values& b) {
  return test::difference({a.begin(), a.end()}, b);
}

void check_changes(const ChangePointLog& log, const std::vector<slow::Change>& expected) {
  std::vector<slow::Change> changes;
  for (std::size_t i = 0; i < log.size(); ++i) changes.push_back({log[i].step, log[i].weight, log[i].level});
  CHECK(changes == expected);
}

/// Trains both; the number of change points.
std::size_t check_steps(const LearnerSetup& setup, SlowRecipe& twin, const Dataset& data) {
  Cohort<double> cohort(recipe_model(), data, {setup},
                        {.batch_size = kRecipeBatch, .steps = kRecipeSteps, .shuffle = false});
  ChangeRecorder<double> changes(cohort.learners());
  LossRecorder<double> losses(1);
  const std::vector<Observer<double>*> observers{&changes, &losses};
  const auto& tensors = cohort.learners()[0].tensors();
  for (int t = 1; t <= kRecipeSteps; ++t) {
    std::vector<std::uint32_t> samples;
    for (std::size_t i = 0; i < kRecipeBatch; ++i)
      samples.push_back(static_cast<std::uint32_t>(
          (static_cast<std::size_t>(t) - 1) % (kRecipeSamples / kRecipeBatch) * kRecipeBatch + i));
    cohort.step(observers);
    const double loss = twin.step(test::images(data, samples), test::labels(data, samples), t);
    CHECK(losses.losses(0).back() == Approx(loss).epsilon(1e-12));
    for (std::size_t k = 0; k < tensors.size(); ++k) {
      CHECK(recipe_difference(tensors[k].latent(), twin.tensors[k].latent) < 1e-12);
      if (twin.tensors[k].grid)
        CHECK(recipe_difference(tensors[k].grid().of_group(0), twin.tensors[k].grid->numbers) < 1e-12);
    }
  }
  std::size_t moved = 0;
  for (std::size_t k = 0; k < tensors.size(); ++k) {
    check_changes(changes.logs(0)[k], twin.tensors[k].changes);
    moved += twin.tensors[k].changes.size();
  }
  return moved;
}

void check_grid(const std::string& quantizer, const std::string& estimator, const MakeGrid& make) {
  INFO(quantizer << ", " << estimator);
  const Dataset data = test::random_dataset({1, 3, 3}, kRecipeSamples, 3, 9);
  const LearnerSetup setup = setup_of(quantizer, estimator);
  SlowRecipe twin(setup.initial, GraphBuilder<double>::build(recipe_model()).tensors, make);
  CHECK(check_steps(setup, twin, data) > 0);
}

template <class Grid, class... Args>
MakeGrid slow_grid(Args... args) {
  return [=](std::size_t) { return std::make_unique<Grid>(args...); };
}

}  // namespace

TEST_CASE("every grid that moves trains as the slow one does", "[recipes]") {
  check_grid("lsq:bits=3", "ste", [](std::size_t n) { return std::make_unique<slow::Lsq>(3, static_cast<double>(n)); });
  check_grid("absmean-ternary", "ste", slow_grid<slow::AbsmeanTernary>());
  check_grid("xnor", "ste", slow_grid<slow::Xnor>());
  check_grid("twn", "ste", slow_grid<slow::Twn>());
  check_grid("ttq:t=0.2,rate_factor=0.1", "ttq-scaled", slow_grid<slow::Ttq>(0.2, 0.1));
  const slow::Values three{-1, 0, 1}, beside{-0.05, 0.05}, five{-2, -1, 0, 1, 2}, uneven{-1.2, -0.4, 0.3, 1.6};
  check_grid("soft-staircase:thresholds=-0.05/0.05,temperature_per_epoch=2", "exact",
             slow_grid<slow::Staircase>(three, beside, 2.0, false));
  check_grid("soft-staircase:levels=-2/-1/0/1/2,thresholds=-1.2/-0.4/0.3/1.6,temperature_per_epoch=3,rate_factor=0.1",
             "exact", slow_grid<slow::Staircase>(five, uneven, 3.0, false, 0.1));
  check_grid("soft-staircase:thresholds=-0.05/0.05,temperature_per_epoch=2,forward=hard", "exact",
             slow_grid<slow::Staircase>(three, beside, 2.0, true));
}

TEST_CASE("quantized activations train as the slow ones do", "[recipes]") {
  const Dataset data = test::random_dataset({1, 3, 3}, kRecipeSamples, 3, 9);
  LearnerSetup setup = setup_of("none", "ste");
  setup.activations = {parse_spec("ceil:bits=2,scale=0.3", ""), {"reverse-exponential", {}}};
  SlowRecipe twin(setup.initial, GraphBuilder<double>::build(recipe_model()).tensors, nullptr);
  twin.network.state.activation = [](double x) { return 0.3 * std::fmax(0, std::fmin(3, std::ceil(x / 0.3))); };
  twin.network.state.activation_slope = [](double x) { return x > 0 ? std::exp(-x / 0.9) : 0; };
  CHECK(check_steps(setup, twin, data) == 0);
}

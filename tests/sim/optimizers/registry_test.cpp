// SPDX-License-Identifier: MIT
// Every optimizer against its formula, in plain double loops.
#include <catch2/catch.hpp>

#include "sim/core/random.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"
#include "tests/plugin_files.hpp"
#include "tests/slow/recipe.hpp"

using namespace steq;

namespace {

constexpr std::size_t kWeights = 37;  // not a multiple of any vector length
constexpr int kUpdates = 25;

std::unique_ptr<Optimizer> optimizer(const std::string& spec) {
  return optimizer_registry().make(parse_spec(spec, "optimizer"), "optimizer");
}

double gradient(int update, std::size_t weight) {
  return RandomStream(2, Purpose::synthetic_data, static_cast<std::uint32_t>(update),
                      static_cast<std::uint32_t>(weight))
             .uniform() -
         0.4;
}

double rate(int update) { return 0.01 * (1 + update % 3); }

/// Weights after kUpdates updates from 0; the gradients are multiplied by `scale`.
template <class T>
std::vector<double> weights_after(const Optimizer& optimizer, double scale = 1) {
  std::vector<T> w(kWeights), g(kWeights), first(kWeights), second(kWeights);
  for (int t = 1; t <= kUpdates; ++t) {
    for (std::size_t i = 0; i < kWeights; ++i) g[i] = static_cast<T>(scale * gradient(t, i));
    UpdateBlock<T> block{w, g, {}};
    if (optimizer.state_count() > 0) block.state[0] = first;
    if (optimizer.state_count() > 1) block.state[1] = second;
    optimizer.update(block, {rate(t), static_cast<Step>(t)});
  }
  return {w.begin(), w.end()};
}

std::vector<double> slow_weights(const slow::Optimizer& optimizer) {
  std::vector<double> w(kWeights);
  std::vector<slow::Optimizer::Moments> moments(kWeights);
  for (int t = 1; t <= kUpdates; ++t)
    for (std::size_t i = 0; i < kWeights; ++i) w[i] += optimizer.change(gradient(t, i), rate(t), t, moments[i]);
  return w;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(a[i] - b[i]));
  return worst;
}

void check(const std::string& spec, const slow::Optimizer& expected) {
  INFO(spec);
  const std::vector<double> slow = slow_weights(expected);
  CHECK(largest_difference(weights_after<double>(*optimizer(spec)), slow) < 1e-14);
  CHECK(largest_difference(weights_after<float>(*optimizer(spec)), slow) < 1e-6);
}

}  // namespace

TEST_CASE("updates are those of the formulas", "[optimizers]") {
  using Rule = slow::Optimizer::Kind;
  check("sgd", {.kind = Rule::sgd});
  check("sgd:momentum=0.9", {.kind = Rule::sgd, .momentum = 0.9});
  check("sgd:momentum=0.9,nesterov=true", {.kind = Rule::sgd, .momentum = 0.9, .nesterov = true});
  check("adam", {.kind = Rule::adam, .beta1 = 0.9, .beta2 = 0.95, .epsilon = 1e-8});
  check("adam:beta1=0.5,beta2=0.999,epsilon=0.1", {.kind = Rule::adam, .beta1 = 0.5, .beta2 = 0.999, .epsilon = 0.1});
  check("adam:beta1=0,beta2=0", {.kind = Rule::adam, .beta1 = 0, .beta2 = 0});
  check("rmsprop", {.kind = Rule::rmsprop, .beta2 = 0.99, .epsilon = 1e-8});
  check("rmsprop:beta2=0.5,epsilon=0.2", {.kind = Rule::rmsprop, .beta2 = 0.5, .epsilon = 0.2});
  check("signsgd", {.kind = Rule::sign});
}

TEST_CASE("an optimizer that says so does not see the size of the gradients", "[optimizers]") {
  for (const std::string& name : optimizer_registry().names()) {
    INFO(name);
    const std::vector<double> usual = weights_after<double>(*optimizer(name));
    const double apart = largest_difference(weights_after<double>(*optimizer(name), 1000), usual);
    CHECK((apart < 1e-5) == optimizer(name)->scale_invariant());
  }
  CHECK(optimizer("adam")->scale_invariant());
  CHECK(optimizer("rmsprop")->scale_invariant());
  CHECK(optimizer("signsgd")->scale_invariant());
  std::vector<double> scaled = weights_after<double>(*optimizer("sgd:momentum=0.9"), 8);
  for (double& w : scaled) w /= 8;
  CHECK(scaled == weights_after<double>(*optimizer("sgd:momentum=0.9")));
}

TEST_CASE("a rate of 0 moves no weight, but the moments go on", "[optimizers]") {
  for (const std::string spec : {"sgd:momentum=0.9", "adam", "rmsprop"}) {
    INFO(spec);
    std::vector<double> w{1, 2}, g{0.5, -0.5}, first(2), second(2);
    const auto made = optimizer(spec);
    UpdateBlock<double> block{w, g, {}};
    if (made->state_count() > 0) block.state[0] = first;
    if (made->state_count() > 1) block.state[1] = second;
    made->update(block, {0, 1});
    CHECK(w == std::vector<double>{1, 2});
    CHECK(first[0] != 0);
  }
}

TEST_CASE("every optimizer has the same options, and says what they make of it", "[optimizers]") {
  for (const std::string& name : optimizer_registry().names()) {
    INFO(name);
    CHECK(optimizer(name)->options() == GradientOptions{});
    CHECK(optimizer(name)->coordinate_wise());
    const auto made = optimizer(name + ":clip_value=1,clip_norm=2,weight_decay=3,decoupled_decay=4");
    CHECK(made->options() == GradientOptions{1, 2, false, 3, 4});
    CHECK_FALSE(made->coordinate_wise());
    CHECK_THROWS_AS(optimizer(name + ":weight_decay=-1"), InputError);
  }
}

TEST_CASE("the rule, as data, is the one that was asked for", "[optimizers]") {
  CHECK(std::get<HeavyBall>(optimizer("sgd:momentum=0.9")->rule()).momentum == 0.9);
  CHECK_FALSE(std::get<HeavyBall>(optimizer("sgd:momentum=0.9")->rule()).nesterov);
  CHECK(std::get<HeavyBall>(optimizer("sgd:momentum=0.9,nesterov=true")->rule()).nesterov);
  const auto adam = std::get<AdaptiveMoments>(optimizer("adam:beta1=0.8,beta2=0.99,epsilon=0.1")->rule());
  CHECK((adam.beta1 == 0.8 && adam.beta2 == 0.99 && adam.epsilon == 0.1 && adam.bias_corrected));
  const auto rmsprop = std::get<AdaptiveMoments>(optimizer("rmsprop:beta2=0.9")->rule());
  CHECK((rmsprop.beta1 == 0 && rmsprop.beta2 == 0.9 && !rmsprop.bias_corrected));
  CHECK(std::holds_alternative<SignRule>(optimizer("signsgd")->rule()));
}

TEST_CASE("nesterov needs momentum", "[optimizers]") {
  CHECK_THROWS_WITH(optimizer("sgd:nesterov=true"),
                    "optimizer.nesterov: true is not allowed without momentum; allowed: momentum above 0, or false");
  CHECK_FALSE(optimizer("sgd:momentum=0.5,nesterov=true")->scale_invariant());
}

TEST_CASE("the names of other libraries are answered by ours", "[optimizers]") {
  const auto said = [](const auto& registry, const std::string& name) { return registry.unknown(name); };
  using Catch::EndsWith;
  CHECK_THAT(said(optimizer_registry(), "AdamW"), EndsWith("did you mean \"adam\" with decoupled_decay?"));
  CHECK_THAT(said(optimizer_registry(), "momentum"), EndsWith("did you mean \"sgd\" with momentum?"));
  for (const char* name : {"step", "multistep", "MultiStepLR", "StepLR", "step_decay"})
    CHECK_THAT(said(schedule_registry(), name), EndsWith("did you mean \"steps\"?"));
  for (const char* name : {"cosine", "CosineAnnealingLR"})
    CHECK_THAT(said(schedule_registry(), name),
               EndsWith("did you mean \"warmup-cosine\" (warmup=0: without the rise)?"));
  for (const char* name : {"sgdr", "CosineAnnealingWarmRestarts"})
    CHECK_THAT(said(schedule_registry(), name), EndsWith("did you mean \"cosine-restarts\"?"));
}

TEST_CASE("every optimizer's and every schedule's file is in its registry, and documents itself", "[optimizers]") {
  CHECK(test::plugin_files("sim/optimizers", "OptimizerRegistry") == test::sorted(optimizer_registry().names()));
  CHECK(test::plugin_files("sim/optimizers", "ScheduleRegistry") == test::sorted(schedule_registry().names()));
  for (const auto& entry : optimizer_registry().entries()) {
    CHECK_FALSE(entry.info.formula.empty());
    for (const ParameterInfo& parameter : entry.info.parameters) CHECK_FALSE(parameter.meaning.empty());
  }
  for (const auto& entry : schedule_registry().entries()) CHECK_FALSE(entry.info.formula.empty());
}

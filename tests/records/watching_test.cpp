// SPDX-License-Identifier: MIT
// What is left of a log where some weights are followed, at some steps, against levels gathered step by step.
#include "records/watching.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "sim/core/errors.hpp"

using namespace steq;

namespace {

constexpr std::size_t kWeights = 7;
constexpr Step kSteps = 40;

using Levels = std::vector<Level>;  // [weights]

/// Levels after every step, and the log that says the same.
struct RandomTraining {
  std::vector<Levels> levels;  // [kSteps + 1]
  ChangePointLog log;

  explicit RandomTraining(unsigned seed) {
    std::mt19937 random(seed);
    Levels now(kWeights);
    for (Level& level : now) level = static_cast<Level>(random() % 3);
    levels.push_back(now);
    log = ChangePointLog(now);
    for (Step step = 1; step <= kSteps; ++step) {
      for (WeightIndex w = 0; w < kWeights; ++w)
        if (const auto level = static_cast<Level>(random() % 3); random() % 3 == 0 && level != now[w])
          log.append({w, step, now[w] = level});
      levels.push_back(now);
    }
  }
};

/// After every step of the log.
std::vector<Levels> replayed(const ChangePointLog& log, Step steps) {
  std::vector<Levels> levels(steps + 1, log.initial_levels());
  for (std::size_t i = 0; i < log.size(); ++i)
    for (Step step = log[i].step; step <= steps; ++step) levels[step][log[i].weight] = log[i].level;
  return levels;
}

Levels chosen(const Levels& levels, const std::vector<WeightIndex>& weights) {
  Levels some;
  for (const WeightIndex w : weights) some.push_back(levels[w]);
  return some;
}

}  // namespace

TEST_CASE("the followed part of a log has the levels of the sample wherever they are looked at", "[logs]") {
  const std::vector<WeightIndex> all{0, 1, 2, 3, 4, 5, 6}, some{1, 2, 5}, none;
  for (unsigned seed = 0; seed < 20; ++seed) {
    const RandomTraining training(seed);
    for (const auto& sample : {all, some, none})
      for (const Step every : {1u, 3u, 7u, 50u}) {
        const ChangePointLog part = watched_part(training.log, &sample, every, kSteps);
        const std::vector<Levels> levels = replayed(part, kSteps);
        for (Step step = 0; step <= kSteps; ++step)
          CHECK(levels[step] == chosen(training.levels[step / every * every], sample));
        for (std::size_t i = 0; i < part.size(); ++i) CHECK(part[i].step % every == 0);
      }
    const ChangePointLog whole = watched_part(training.log, nullptr, 1, kSteps);
    CHECK(whole.steps() == training.log.steps());
    CHECK(whole.weights() == training.log.weights());
    CHECK(whole.levels() == training.log.levels());
  }
}

TEST_CASE("a window of a log begins where the weights stood before it", "[logs]") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const RandomTraining training(seed);
    for (const Window window : {Window{1, kSteps}, Window{5, 12}, Window{9, 9}}) {
      const std::vector<Levels> levels = replayed(window_part(training.log, window), window.updates());
      for (Step step = 0; step <= window.updates(); ++step)
        CHECK(levels[step] == training.levels[window.first - 1 + step]);
    }
  }
}

TEST_CASE("two logs share the weights, steps and windows that both follow", "[logs]") {
  const Watching whole, a{.every = 4, .samples = {{"v", {1, 3}}, {"w", {0, 2, 5}}}, .windows = {{10, 20}, {30, 40}}},
      b{.every = 6, .samples = {{"w", {2, 3, 5}}}, .windows = {{15, 33}}};
  CHECK(common(whole, a) == a);
  CHECK(common(a, whole) == a);
  const Watching both = common(a, b);
  CHECK(both.every == 12);
  CHECK(both.samples.at("v") == std::vector<WeightIndex>{1, 3});
  CHECK(both.samples.at("w") == std::vector<WeightIndex>{2, 5});
  CHECK(both.windows == std::vector<Window>{{15, 20}, {30, 33}});
  CHECK(common(both, both) == both);
}

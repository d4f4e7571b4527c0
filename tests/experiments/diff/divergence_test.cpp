// SPDX-License-Identifier: MIT
#include "experiments/diff/divergence.hpp"

#include <catch2/catch.hpp>

#include "records/log_file.hpp"
#include "tests/experiments/temporary_directory.hpp"
#include "tests/sim/metrics/random_pair.hpp"

using namespace steq;
using test::Dense;
using testing::TemporaryDirectory;

namespace {

/// A run directory of one learner, from the level of every weight after every step; `latent_every` as in configs.
class Recorded {
 public:
  Recorded(const LearnerTrace& learner, const std::vector<Dense>& levels, Step latent_every) {
    LogWriter writer(directory_.file("logs.h5"));
    const Step steps = static_cast<Step>(levels[0].size() - 1);
    for (const TensorTrace& tensor : learner.tensors) {
      writer.write_change_points("x", tensor.name, *tensor.log);
      writer.write_grid("x", tensor.name, tensor.grid);
    }
    writer.write_batch_loss("x", std::vector<double>(steps, 1.0));
    for (Step step = 0; latent_every > 0 && step <= steps; step += latent_every) {
      writer.append_latent_step("x", step);
      for (const TensorTrace& tensor : learner.tensors)
        writer.append_latent("x", tensor.name, latent(tensor.log->initial_levels().size(), step));
    }
    writer.close();
    run_ = std::make_unique<StoredRun>(directory_.path());
  }

  const StoredRun& run() const { return *run_; }

  /// Weight i at step t is i / 100 + t / 1000.
  static std::vector<double> latent(std::size_t weights, Step step) {
    std::vector<double> row(weights);
    for (std::size_t i = 0; i < weights; ++i) row[i] = static_cast<double>(i) / 100 + step / 1000.0;
    return row;
  }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<StoredRun> run_;
};

std::optional<Divergence> part(const Recorded& a, const Recorded& b, Step steps) {
  const ComparedLearner learner_a(a.run(), "x", a.run().own_watching("x"));
  ComparedLearner learner_b(b.run(), "x", b.run().own_watching("x"));
  learner_b.align_with(learner_a, "here");
  return divergence(learner_a, learner_b, steps);
}

/// From dense levels, step by step: apart[t] tells of every step.
void check_after_divergence(const AfterDivergence& after_divergence, const std::vector<std::size_t>& apart,
                            std::size_t first) {
  std::optional<Step> together, for_good;
  for (std::size_t t = first; t < apart.size() && !together; ++t)
    if (apart[t] == 0) together = static_cast<Step>(t);
  for (std::size_t t = apart.size(); t-- > 0 && apart[t] > 0;) for_good = static_cast<Step>(t);
  CHECK(after_divergence.together == together);
  CHECK(after_divergence.apart_for_good == for_good);
}

}  // namespace

TEST_CASE("divergence and reunions are those of dense levels") {
  int reunions = 0, never = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    const test::RandomPair pair(seed, seed % 2 ? 3 : 400);
    const Recorded a(pair.a, pair.levels_a, 0), b(pair.b, pair.levels_b, 0);
    const auto divergence = part(a, b, pair.kSteps);
    std::vector<std::size_t> apart(pair.kSteps + 1);
    std::size_t weights = 0;
    std::optional<FirstDivergence> first;
    const std::vector<std::string> names = a.run().tensors("x");  // in a log alone, in alphabetical order
    for (std::size_t t = 0; t <= pair.kSteps; ++t)
      for (std::size_t tensor = 0; tensor < names.size(); ++tensor) {
        REQUIRE(pair.a.tensors[tensor].name == names[tensor]);
        const auto &row_a = pair.levels_a[tensor][t], &row_b = pair.levels_b[tensor][t];
        if (t == 0) weights += row_a.size();
        for (std::size_t i = 0; i < row_a.size(); ++i) {
          if (row_a[i] == row_b[i]) continue;
          ++apart[t];
          if (!first) first = {static_cast<Step>(t), names[tensor], static_cast<WeightIndex>(i), row_a[i], row_b[i]};
        }
      }
    REQUIRE(divergence.has_value() == first.has_value());
    if (!first) {
      ++never;
      continue;
    }
    CHECK(divergence->first == *first);
    CHECK(divergence->weights == weights);
    CHECK(divergence->apart_at_end == apart.back());
    CHECK(divergence->most_apart == std::ranges::max(apart));
    CHECK(apart[divergence->most_apart_step] == divergence->most_apart);
    check_after_divergence(divergence->network, apart, first->step);
    std::size_t tensor = 0;
    while (names[tensor] != first->tensor) ++tensor;
    std::vector<std::size_t> one;
    for (std::size_t t = 0; t <= pair.kSteps; ++t)
      one.push_back(pair.levels_a[tensor][t][first->weight] != pair.levels_b[tensor][t][first->weight]);
    check_after_divergence(divergence->weight, one, first->step);
    reunions += divergence->weight.together.has_value();
    CHECK_FALSE(divergence->latent);
  }
  CHECK(reunions > 10);
  CHECK(never > 10);
}

TEST_CASE("a learner never parts from itself") {
  const test::RandomPair pair(1, 10);
  const Recorded a(pair.a, pair.levels_a, 0), b(pair.a, pair.levels_a, 0);
  CHECK_FALSE(part(a, b, pair.kSteps));
}

TEST_CASE("the distance to the nearest threshold is that of the last record up to the divergence") {
  test::RandomPair pair(1, 10);
  Dense planted = pair.levels_a[1];  // conv2.weight: bins of width 1, thresholds -1, 0, 1
  for (std::size_t t = 17; t < planted.size(); ++t) planted[t][23] = static_cast<Level>(planted[t][23] == 0 ? 1 : 0);
  const ChangePointLog log = test::log_of(planted);
  LearnerTrace b = pair.a;
  b.tensors[1].log = &log;
  std::vector<Dense> levels_b = pair.levels_a;
  levels_b[1] = planted;
  const Recorded run_a(pair.a, pair.levels_a, 5), run_b(b, levels_b, 5);
  const auto divergence = part(run_a, run_b, pair.kSteps);
  REQUIRE(divergence);
  CHECK((divergence->first.step == 17 && divergence->first.tensor == "conv2.weight" && divergence->first.weight == 23));
  REQUIRE(divergence->latent);
  CHECK(divergence->latent->step == 15);
  CHECK(divergence->latent->a == Approx(0.23 + 0.015));
  CHECK(divergence->latent->b == divergence->latent->a);
  CHECK_FALSE(part(run_a, Recorded(b, levels_b, 0), pair.kSteps)->latent);
  CHECK_FALSE(part(run_a, Recorded(b, levels_b, 4), pair.kSteps)->latent);  // of another step: not comparable
}

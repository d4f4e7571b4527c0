// SPDX-License-Identifier: MIT
// The step that cohorts with and without a network share: who is told what, and what a breakdown leaves behind.
#include "sim/training/lockstep.hpp"

#include <catch2/catch.hpp>

#include "sim/scalars/scalar_cohort.hpp"

using namespace steq;

namespace {

LearnerSetup setup(const std::string& name, double rate, const std::string& optimizer = "sgd") {
  return {.name = name,
          .quantizer = parse_spec("uniform:bits=2", ""),
          .estimator = parse_spec("ste", ""),
          .optimizer = parse_spec(optimizer, ""),
          .learning_rate = rate,
          .initial = {{0.1, -0.2}},
          .rate_factors = {1},
          .seed = 1};
}

/// Writes down every call.
struct Witness final : Observer<double> {
  std::vector<std::string> calls;
  void before_update(const UpdateView<double>& view) override {
    calls.push_back(fmt::format("before {} {} {:g}", view.step, view.index, view.learning_rate));
  }
  void after_update(const StepView<double>& view) override {
    calls.push_back(fmt::format("after {} {} {:g}", view.step, view.index, view.learning_rate));
  }
  void after_step(Step step) override { calls.push_back(fmt::format("step {}", step)); }
};

/// Breaks down when it sees the first learner.
struct Saboteur final : Observer<double> {
  void before_update(const UpdateView<double>& view) override {
    if (view.index == 0) throw NumericalError(view.step, "observer", "w", "is broken");
  }
};

std::unique_ptr<GradientSource> ones() {
  return gradient_source_registry().make(parse_spec("constant", ""), "", std::uint64_t{1});
}

}  // namespace

TEST_CASE("observers see all updates of a step before anybody's result", "[lockstep]") {
  const auto source = ones();
  ScalarCohort cohort(2, *source, {setup("a", 0.5), setup("b", 0.25)}, 1);
  Witness witness;
  Observer<double>* observers[] = {&witness};
  cohort.run(2, observers, false);
  CHECK(witness.calls == std::vector<std::string>{"before 1 0 0.5", "before 1 1 0.25", "after 1 0 0.5",
                                                  "after 1 1 0.25", "step 1", "before 2 0 0.5", "before 2 1 0.25",
                                                  "after 2 0 0.5", "after 2 1 0.25", "step 2"});
  CHECK(cohort.steps_done() == 2);
}

TEST_CASE("when one learner breaks down the others do the step, and nobody is told of it", "[lockstep]") {
  const auto source = ones();
  ScalarCohort cohort(2, *source, {setup("wild", 1e308, "sgd:weight_decay=1e308"), setup("calm", 0.25)}, 1);
  Witness witness;
  Observer<double>* observers[] = {&witness};
  try {
    cohort.run(2, observers, false);
    FAIL("nothing was thrown");
  } catch (const NumericalError& error) {
    CHECK(error.learner() == "wild");
    CHECK(error.step() == 1);
  }
  CHECK(witness.calls == std::vector<std::string>{"before 1 0 1e+308", "before 1 1 0.25"});
  CHECK(cohort.steps_done() == 0);
  CHECK(cohort.learners()[1].tensors()[0].latent()[0] == Approx(0.1 - 0.25));
}

TEST_CASE("an observer that breaks down does not keep learners from the step", "[lockstep]") {
  const auto source = ones();
  ScalarCohort cohort(2, *source, {setup("a", 0.5), setup("b", 0.25)}, 1);
  Saboteur saboteur;
  Observer<double>* observers[] = {&saboteur};
  CHECK_THROWS_AS(cohort.step(observers), NumericalError);
  CHECK(cohort.learners()[0].tensors()[0].latent()[0] == Approx(0.1 - 0.5));
  CHECK(cohort.learners()[1].tensors()[0].latent()[0] == Approx(0.1 - 0.25));
}

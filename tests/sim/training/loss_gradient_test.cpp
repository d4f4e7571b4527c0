// SPDX-License-Identifier: MIT
// Recipes whose training values are smooth functions of the weights: one update goes down the differences of the loss.
#include <catch2/catch.hpp>

#include "sim/models/model.hpp"
#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;

namespace {

constexpr double kTiny = 1e-6;

LearnerSetup smooth_learner(const ModelSpec& model, const std::string& quantizer) {
  LearnerSetup setup = test::learner("a", model, "ste", "sgd", 1);
  setup.quantizer = parse_spec(quantizer, "");
  setup.initial = test::random_weights(GraphBuilder<double>::build(model).tensors);
  return setup;
}

/// After one update of rate 1: weights, and the loss of its batch before it.
test::Outcome updated(const ModelSpec& model, const Dataset& data, const LearnerSetup& setup) {
  return test::run_cohort<double>(model, data, {setup}, {.batch_size = 20, .steps = 1, .shuffle = false}).front();
}

}  // namespace

TEST_CASE("an update through smooth draws goes down the loss that training saw", "[recipes]") {
  const Dataset data = test::random_dataset({1, 3, 3}, 20, 3, 9);
  const ModelSpec model = model_registry().make(parse_spec("mlp:hidden=5,depth=1", ""), "model", data.image, 3);
  for (const char* quantizer : {"relaxed:bits=2", "relaxed:bits=3,temperature=0.7,spread=0.5"}) {
    INFO(quantizer);
    const LearnerSetup setup = smooth_learner(model, quantizer);
    const test::Outcome whole = updated(model, data, setup);
    for (std::size_t t = 0; t < setup.initial.size(); ++t)
      for (std::size_t i = 0; i < setup.initial[t].size(); i += 7) {
        const auto loss_at = [&](double shift) {
          LearnerSetup moved = setup;
          moved.initial[t][i] += shift;
          return updated(model, data, moved).losses.front();
        };
        const double slope = (loss_at(kTiny) - loss_at(-kTiny)) / (2 * kTiny);
        INFO("tensor " << t << ", weight " << i);
        CHECK(setup.initial[t][i] - whole.weights[t][i] == Approx(slope).epsilon(1e-5).margin(1e-8));
      }
  }
}

// SPDX-License-Identifier: MIT
// What every assumption must satisfy, and the verdict that they come to together.
#include <cmath>

#include "situations.hpp"
#include "tests/plugin_files.hpp"
#include "theory/assumptions/equivalence.hpp"
#include "theory/rescaling.hpp"

using namespace steq;

namespace {

const std::vector<std::string> kOptimizers{"sgd", "sgd:momentum=0.9", "adam", "rmsprop", "signsgd"};

bool clear(const test::SituationSpec& spec) { return equivalent(test::findings(spec)); }

}  // namespace

TEST_CASE("every file of an assumption is registered", "[assumptions]") {
  CHECK(test::plugin_files("theory/assumptions", "AssumptionRegistry") == test::sorted(assumption_registry().names()));
}

TEST_CASE("every finding says what was found, what it means and what to do", "[assumptions]") {
  for (const std::string& optimizer : kOptimizers)
    for (const std::string& estimator : test::estimator_specs())
      for (const Finding& f : test::findings({.estimator = estimator, .optimizer = optimizer})) {
        INFO(estimator << ", " << optimizer << ", " << f.name);
        CHECK_FALSE((f.finding.empty() || f.meaning.empty() || f.advice.empty()));
        if (f.value) CHECK(std::isfinite(*f.value));
        if (f.required && f.holds == false) CHECK(f.advice != "nothing to do");
        if (f.holds == true) CHECK(f.advice == "nothing to do");
      }
}

TEST_CASE("the verdict agrees with steq equiv where only q matters", "[assumptions]") {
  for (const char* grid : {"uniform:bits=2,range=1", "uniform:bits=3,range=0.2"})
    for (const std::string& spec : test::estimator_specs()) {
      INFO(spec << " on " << grid);
      const auto estimator = test::estimator(spec, grid);
      const bool in_class = equivalence_of(*estimator, HeavyBall{}).in_class;
      const bool masks = test::holds("saturation", {.estimator = spec, .grid = grid}) != false;
      CHECK(clear({.estimator = spec, .grid = grid}) == (in_class && masks));
    }
}

TEST_CASE("the class is what is declared of q, whatever the optimizer", "[assumptions]") {
  for (const char* grid : {"uniform:bits=2,range=1", "sign:range=0.7"})
    for (const std::string& spec : test::estimator_specs()) {
      INFO(spec << " on " << grid);
      const auto estimator = test::estimator(spec, grid);
      const EstimatorBounds bounds = estimator->bounds();
      const bool declared = bounds.lower > 0 && std::isfinite(bounds.upper) && std::isfinite(bounds.lipschitz);
      Situation situation(*estimator, HeavyBall{});
      for (const UpdateRule& rule : {UpdateRule(HeavyBall{}), UpdateRule(SignRule{})}) {
        situation.rule = rule;
        CHECK(class_failures(situation).empty() == (declared && rescaling_obstacles(*estimator).empty()));
      }
    }
}

TEST_CASE("the verdict depends on the optimizer", "[assumptions]") {
  const char* sum = "sigmoid-sum:finite=true";  // bins differ
  CHECK_FALSE(clear({.estimator = sum, .optimizer = "sgd"}));
  CHECK(clear({.estimator = sum, .optimizer = "adam"}));
  CHECK(clear({.estimator = "piecewise-linear", .optimizer = "signsgd"}));  // jumps
  CHECK_FALSE(clear({.estimator = "piecewise-linear", .optimizer = "adam"}));
  CHECK(clear({.estimator = "ewgs", .optimizer = "signsgd"}));
  for (const std::string& optimizer : kOptimizers) {
    CHECK(clear({.optimizer = optimizer}));
    CHECK_FALSE(clear({.estimator = "swish-sign", .grid = "sign:range=1", .optimizer = optimizer}));
  }
}

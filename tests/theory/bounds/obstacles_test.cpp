// SPDX-License-Identifier: MIT
#include "theory/bounds/obstacles.hpp"

#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("the theorems speak of plain rules and of a q that is a function of the weight", "[bounds]") {
  const auto of_rule = [](const std::string& spec) {
    return bounds_obstacles(*optimizer_registry().make(parse_spec(spec, "optimizer"), "optimizer"));
  };
  const auto of_estimator = [](const std::string& spec) {
    return bounds_obstacles(*test::estimator(spec, "uniform:bits=2,range=1"));
  };
  for (const char* rule : {"sgd", "sgd:momentum=0.9", "adam", "rmsprop", "signsgd"}) CHECK(of_rule(rule).empty());
  for (const char* option : {"clip_value", "clip_norm", "weight_decay", "decoupled_decay"})
    CHECK(of_rule(std::string("sgd:") + option + "=0.1") ==
          std::vector<std::string>{"the optimizer clips gradients or decays weights"});
  CHECK(of_rule("sgd:momentum=0.9,nesterov=true") ==
        std::vector<std::string>{"the theorem on momentum is about the heavy ball, not about nesterov"});
  for (const char* estimator : {"ste", "dsq", "power", "piecewise-linear", "sigmoid-sum"})
    CHECK(of_estimator(estimator).empty());
  CHECK(of_estimator("ewgs") == std::vector<std::string>{"q depends on the gradient's sign"});
  CHECK(of_estimator("stochastic-ste") == std::vector<std::string>{"q is drawn at random"});
  CHECK(of_estimator("magnitude-aware") == std::vector<std::string>{"q depends on the other weights of the layer"});
}

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
  const std::pair<const char*, const char*> options[] = {
      {"clip_value", "the optimizer clips each gradient"},
      {"clip_norm", "the optimizer clips gradients to a norm"},
      {"weight_decay", "the optimizer decays weights through their gradients (coupled)"},
      {"decoupled_decay", "the optimizer decays weights beside their gradients (decoupled)"}};
  for (const auto& [option, reason] : options)
    CHECK(of_rule(std::string("sgd:") + option + "=0.1") == std::vector<std::string>{reason});
  CHECK(of_rule("sgd:clip_norm=1,weight_decay=0.1").size() == 2);
  CHECK(of_rule("sgd:momentum=0.9,nesterov=true") ==
        std::vector<std::string>{"the theorem on momentum is about the heavy ball, not about nesterov"});
  for (const char* estimator : {"ste", "dsq", "power", "piecewise-linear", "sigmoid-sum"})
    CHECK(of_estimator(estimator).empty());
  CHECK(of_estimator("ewgs") == std::vector<std::string>{"q depends on the gradient's sign"});
  CHECK(of_estimator("stochastic-ste") == std::vector<std::string>{"q is drawn at random"});
  CHECK_THAT(of_estimator("magnitude-aware").at(0), Catch::StartsWith("q depends on the other weights of the layer"));
}

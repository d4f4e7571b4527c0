// SPDX-License-Identifier: MIT
#include "theory/reasons.hpp"

#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("a function of the weight alone and a bare rule give no reason", "[theory]") {
  CHECK(influences_beside_the_weight({.positive = false, .periodic = false, .smooth = false}).empty());
  CHECK(actions_beside_the_rule({}).empty());
}

TEST_CASE("each trait and each option has one sentence of its own", "[theory]") {
  CHECK(influences_beside_the_weight({.sign_dependent = true}) ==
        std::vector<std::string>{"q depends on the gradient's sign"});
  CHECK(influences_beside_the_weight({.noisy = true}) == std::vector<std::string>{"q is drawn at random"});
  const EstimatorTraits all{.sign_dependent = true, .noisy = true, .layer_wide = true, .coupled = true};
  CHECK(influences_beside_the_weight(all).size() == 4);
  CHECK(actions_beside_the_rule({.clip_value = 1, .clip_norm = 1, .weight_decay = 1, .decoupled_decay = 1}).size() ==
        4);
  CHECK(actions_beside_the_rule({.clip_norm = 1}) ==
        std::vector<std::string>{"the optimizer clips gradients to a norm"});
}

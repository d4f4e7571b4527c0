// SPDX-License-Identifier: MIT
// The assumptions about gradients, steps, masks and the optimizer.
#include <cmath>

#include "situations.hpp"
#include "theory/assumptions/saturation.hpp"

using namespace steq;
using Catch::Matchers::Contains;

TEST_CASE("gradients and steps need a run", "[assumptions]") {
  CHECK_FALSE(test::holds("bounded-gradients", {}));
  CHECK(test::holds("bounded-gradients", {.measured = {.largest_gradient = 2}}) == true);
  CHECK(test::holds("bounded-gradients", {.measured = {.largest_gradient = INFINITY}}) == false);
  const Finding allowed = test::finding("step-size", {.learning_rate = 0.01});
  CHECK_FALSE(allowed.holds);
  CHECK(*allowed.value == Approx(1 / (11.1296972 * 0.01)));
  const Finding short_steps = test::finding("step-size", {.learning_rate = 0.01, .measured = {.largest_gradient = 2}});
  CHECK((short_steps.holds == true && short_steps.how == Evidence::measured));
  CHECK(*short_steps.value == Approx(11.1296972 * 0.01 * 2));
  const Finding heavy = test::finding(
      "step-size", {.optimizer = "sgd:momentum=0.9", .learning_rate = 0.01, .measured = {.largest_gradient = 2}});
  CHECK((heavy.holds == false && *heavy.value == Approx(11.1296972 * 0.01 * 2 / 0.1)));
  CHECK(test::holds("step-size", {.estimator = "ste", .learning_rate = 100}) == true);
  CHECK_FALSE(test::finding("step-size", {.optimizer = "adam", .learning_rate = 0.1}).required);
}

TEST_CASE("masks must be each other's image", "[assumptions]") {
  CHECK(test::holds("saturation", {}) == true);
  CHECK(test::holds("saturation", {.estimator = "dsq:gate=none"}) == true);
  CHECK(test::holds("saturation", {.partner_reach = INFINITY}) == false);
  CHECK(test::holds("saturation", {.estimator = "reste", .optimizer = "adam"}) == false);  // 1.5 W against W
  CHECK(test::holds("saturation", {.estimator = "reste:t=1", .optimizer = "adam"}) == true);
  CHECK_FALSE(test::holds("saturation", {.estimator = "ewgs"}));  // no M
  const Finding few = test::finding("saturation", {.measured = {.dead_share = 0.2, .mask_mismatch_share = 0.004}});
  CHECK((few.holds == true && few.how == Evidence::measured && *few.value == 0.004));
  CHECK_THAT(few.finding, Contains("0.2 of the weights are dead"));
  CHECK(test::holds("saturation", {.measured = {.mask_mismatch_share = 0.02}}) == false);
}

TEST_CASE("a straightened reach is where M takes the reach", "[assumptions]") {
  const auto dsq = test::estimator("dsq", "uniform:bits=2,range=0.3");
  CHECK(straightened_reach(*dsq, HeavyBall{}) == Approx(0.3));  // M fixes the levels
  const auto open = test::estimator("approx-sign", "sign:range=1");
  CHECK(*straightened_reach(*open, HeavyBall{}) == kUnbounded);
  CHECK(straightened_reach(*open, SignRule{}) == 1);
  CHECK_FALSE(straightened_reach(*test::estimator("ewgs", "sign:range=1"), HeavyBall{}));
}

TEST_CASE("weight decay is harmless only beside an adaptive rule", "[assumptions]") {
  const auto of = [](const char* optimizer) { return *test::holds("weight-decay", {.optimizer = optimizer}); };
  CHECK(of("sgd"));
  CHECK_FALSE(of("sgd:weight_decay=0.01"));
  CHECK_FALSE(of("sgd:decoupled_decay=0.01"));
  CHECK_FALSE(of("adam:weight_decay=0.01"));
  CHECK(of("adam:decoupled_decay=0.01"));
  CHECK(of("signsgd:decoupled_decay=0.01"));
  CHECK_FALSE(of("signsgd:weight_decay=0.01"));
  CHECK(test::holds("weight-decay", {.estimator = "ste", .optimizer = "sgd:weight_decay=0.01"}) == true);
}

TEST_CASE("clipping is harmless only to signs", "[assumptions]") {
  const auto of = [](const char* name, const char* optimizer) { return *test::holds(name, {.optimizer = optimizer}); };
  for (const std::string rule : {"sgd", "adam"}) {
    CHECK(of("coordinate-wise", rule.c_str()));
    CHECK_FALSE(of("coordinate-wise", (rule + ":clip_norm=1").c_str()));
    CHECK_FALSE(of("per-element-clipping", (rule + ":clip_value=1").c_str()));
  }
  CHECK(of("coordinate-wise", "signsgd:clip_norm=1"));
  CHECK(of("per-element-clipping", "signsgd:clip_value=1"));
  const char* cut = "sgd:clip_value=10";
  CHECK(test::holds("per-element-clipping", {.optimizer = cut, .measured = {.largest_gradient = 4}}) == true);
  CHECK(test::holds("per-element-clipping", {.optimizer = cut, .measured = {.largest_gradient = 5}}) == false);
}

TEST_CASE("moments matter to adaptive rules alone", "[assumptions]") {
  CHECK_FALSE(test::finding("moment-memory", {}).required);
  CHECK_FALSE(test::finding("epsilon", {}).required);
  CHECK(*test::finding("moment-memory", {.optimizer = "adam:beta1=0.9,beta2=0.95"}).value == Approx(0.81 / 0.95));
  CHECK(test::holds("moment-memory", {.optimizer = "adam:beta1=0.9,beta2=0.8"}) == false);
  CHECK(test::holds("moment-memory", {.optimizer = "rmsprop"}) == true);
  CHECK_FALSE(test::holds("epsilon", {.optimizer = "adam"}));
  CHECK(test::holds("epsilon", {.optimizer = "adam", .measured = {.small_moment_share = 0.001}}) == true);
  CHECK(test::holds("epsilon", {.optimizer = "adam", .measured = {.small_moment_share = 0.5}}) == false);
}

// SPDX-License-Identifier: MIT
// The assumptions about q: positivity, bounds, equal harmonic means, a function of the weight.
#include <cmath>

#include "situations.hpp"

using namespace steq;
using Catch::Matchers::Contains;

TEST_CASE("bounds of q are proved with their value and place", "[assumptions]") {
  const test::SituationSpec dsq;
  const Finding lower = test::finding("positivity", dsq), upper = test::finding("upper-bound", dsq);
  CHECK((lower.holds == true && lower.how == Evidence::proved && lower.where == "w = 0.333333"));
  CHECK(*lower.value == Approx(0.113759).margin(1e-6));
  CHECK((upper.holds == true && upper.how == Evidence::proved && upper.where == "w = 0"));
  CHECK(*upper.value == Approx(2.224292).margin(1e-6));
  const Finding slope = test::finding("lipschitz", dsq);
  CHECK((slope.holds == true && slope.how == Evidence::proved));
  CHECK(*slope.value == Approx(11.1297).margin(1e-4));
}

TEST_CASE("refutations carry a counterexample", "[assumptions]") {
  const Finding negative = test::finding("positivity", {.estimator = "swish-sign", .grid = "sign:range=1"});
  CHECK((negative.holds == false && *negative.value < -0.36));
  CHECK_THAT(negative.where, Contains("w = 0.68"));
  CHECK(test::holds("positivity", {.estimator = "approx-sign"}) == false);
  CHECK(test::holds("positivity", {.estimator = "power:o=0.7"}) == false);
  CHECK(test::holds("positivity", {.estimator = "approx-sign", .optimizer = "signsgd"}) == true);
  const Finding pole = test::finding("upper-bound", {.estimator = "power"});
  CHECK((pole.holds == false && !pole.value && pole.how == Evidence::sampled));
  const Finding jump = test::finding("lipschitz", {.estimator = "piecewise-linear:a=1.6,share=0.5"});
  CHECK((jump.holds == false && jump.how == Evidence::proved && jump.where == "w = 0.166667"));
  CHECK_THAT(jump.finding, Contains("1.6") && Contains("0.4"));
}

TEST_CASE("harmonic means are compared over finite bins", "[assumptions]") {
  const auto of = [](const char* estimator, const char* grid) {
    return test::finding("equal-harmonic-means", {.estimator = estimator, .grid = grid});
  };
  CHECK(of("dsq", "uniform:bits=4,range=1").how == Evidence::proved);
  CHECK(*of("dsq", "uniform:bits=4,range=1").value == 0);
  const Finding sums = of("sigmoid-sum:finite=true,T=6", "uniform:bits=3,range=1");
  CHECK(sums.holds == false);
  CHECK(*sums.value == Approx((0.87791 - 0.87622) / 0.87791).epsilon(0.01));  // published to five digits
  CHECK_THAT(sums.where, Contains("bins 1 and"));
  CHECK(of("sigmoid-sum:finite=true,T=6", "sign:range=1").holds == true);
  CHECK(of("approx-sign", "uniform:bits=2,range=1").holds == false);  // 1/q diverges
  CHECK(of("approx-sign", "sign:range=1").holds == true);             // alpha is free
  CHECK(of("dsq:k=365", "sign:range=1").holds == false);              // 1/q is too large
  CHECK(of("magnitude-aware", "uniform:bits=2,range=1").holds == true);
  CHECK_FALSE(test::finding("equal-harmonic-means", {.optimizer = "adam"}).required);
}

TEST_CASE("what else than the weight decides is found by trying", "[assumptions]") {
  const auto of = [](const char* estimator) {
    return test::finding("function-of-the-weight", {.estimator = estimator});
  };
  CHECK_THAT(of("ewgs").finding, Contains("the gradient's sign"));
  CHECK_THAT(of("stochastic-ste").finding, Contains("q is drawn at random"));
  CHECK_THAT(of("magnitude-aware").finding, Contains("the other weights of the layer"));
  CHECK_THAT(of("formula:q=1+0.1*g*u").finding, Contains("the gradient's sign"));
  for (const char* estimator : {"ewgs", "stochastic-ste", "formula:q=1+0.1*g*u"}) CHECK(of(estimator).holds == false);
  // Narrower than the weights that are tried: what the estimator says of itself decides.
  CHECK(of("formula:q=abs(u-0.25)<0.001?1+0.1*g:1").holds == false);
  CHECK((of("dsq").holds == true && of("dsq").how == Evidence::proved));
  CHECK(of("ewgs:delta=0").holds == true);
}

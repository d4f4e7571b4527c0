// SPDX-License-Identifier: MIT
#include "theory/equivalence.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"
#include "theory/rescaling.hpp"

using namespace steq;

TEST_CASE("SGD takes alpha and M", "[equivalence]") {
  const auto estimator = test::estimator("dsq:k=6.5", "uniform:bits=2,range=1");
  const Equivalence result = equivalence_of(*estimator, false);
  CHECK(result.alpha.value() == Rescaling(*estimator).alpha());
  CHECK(result.learning_rate_factor == result.alpha);
  CHECK(result.maps_initialization);
  CHECK(result.in_class);
  CHECK(result.reasons.empty());
}

TEST_CASE("a scale-invariant optimizer takes nothing, and alpha is still reported", "[equivalence]") {
  const auto estimator = test::estimator("cosine", "uniform:bits=3,range=1");
  const Equivalence result = equivalence_of(*estimator, true);
  CHECK(result.alpha.value() == Approx(0.8));
  CHECK(result.learning_rate_factor.value() == 1);
  CHECK_FALSE(result.maps_initialization);
  CHECK(result.in_class);
}

TEST_CASE("with one threshold alpha is free, and the result says so", "[equivalence]") {
  for (const char* grid : {"sign", "uniform:bits=1"}) {
    const Equivalence result = equivalence_of(*test::estimator("triangular", grid), false);
    CHECK(result.in_class);
    REQUIRE(result.reasons.size() == 1);
    CHECK(result.reasons[0] == "one threshold: alpha is free; the value given keeps +-range fixed");
  }
}

TEST_CASE("an estimator without rescaling is not in the class", "[equivalence]") {
  const auto estimator = test::estimator("dsq:k=1000", "sign");
  for (const bool scale_invariant : {false, true}) {
    const Equivalence result = equivalence_of(*estimator, scale_invariant);
    CHECK_FALSE(result.alpha.has_value());
    CHECK(result.learning_rate_factor.has_value() == scale_invariant);
    CHECK_FALSE(result.in_class);
    CHECK(result.reasons.at(0) == "q is not positive, or underflows to 0");
  }
}

TEST_CASE("dependence on the sign or on chance is named as the reason", "[equivalence]") {
  const std::pair<const char*, const char*> cases[] = {
      {"ewgs", "q depends on the gradient's sign"},
      {"stochastic-ste", "q is drawn at random"},
      {"swish-sign", "q is not positive, or underflows to 0"},
      {"sigmoid-sum:finite=true",
       "only approximately in the class: alpha differs from bin to bin, 0.876224 to 0.877912 over the finite bins"}};
  for (const auto& [spec, reason] : cases) {
    const Equivalence result = equivalence_of(*test::estimator(spec, "uniform:bits=3,range=1"), false);
    CHECK_FALSE(result.in_class);
    CHECK_FALSE(result.alpha.has_value());
    CHECK_FALSE(result.learning_rate_factor.has_value());
    CHECK(result.reasons.at(0) == reason);
  }
  for (const char* spec : {"ewgs:delta=0", "stochastic-ste:noise=0"})
    CHECK(equivalence_of(*test::estimator(spec, "uniform:bits=2,range=1"), false).alpha.value() == 1);
}

TEST_CASE("an estimator outside the class can have an alpha all the same", "[equivalence]") {
  const Equivalence power = equivalence_of(*test::estimator("power", "uniform:bits=2,range=1"), false);
  CHECK_FALSE(power.in_class);
  CHECK(power.alpha.value() == Approx(5.0 / 9));
  CHECK(power.reasons.at(0) == "q is not bounded");
  const Equivalence approx = equivalence_of(*test::estimator("approx-sign", "sign:range=1"), false);
  CHECK_FALSE(approx.in_class);
  CHECK(approx.alpha.value() == 2);
  CHECK(approx.reasons.at(0) == "q has no positive lower bound");
  CHECK(approx.reasons.at(2) == "M leads beyond the range: the STE's gradients must not be masked there (clip=false)");
}

TEST_CASE("where M moves the end of the mask, the result says where to", "[equivalence]") {
  const auto estimator = test::estimator("reste:o=1,t=1.5", "sign:range=1");
  const Equivalence result = equivalence_of(*estimator, false);
  CHECK(result.in_class);
  CHECK(result.alpha.value() == Approx(1));
  CHECK(result.reasons.at(1) == "the STE's gradients would have to be masked beyond +-1.5, not +-1");
  const auto open = test::estimator("sigmoid-sum:finite=true,clip=false", "uniform:bits=2,range=1");
  CHECK(equivalence_of(*open, false).reasons.empty());
}

TEST_CASE("a layer-wide factor is no matter of alpha and M", "[equivalence]") {
  const auto estimator = test::estimator("magnitude-aware", "uniform:bits=2,range=1");
  for (const bool scale_invariant : {false, true}) {
    const Equivalence result = equivalence_of(*estimator, scale_invariant);
    CHECK_FALSE(result.in_class);
    CHECK_FALSE(result.alpha.has_value());
    CHECK(result.reasons.at(0) ==
          "q depends on the other weights of the layer: a learning-rate factor common to the layer, which changes with "
          "time");
  }
}

TEST_CASE("an asymmetric formula with one threshold: M does not keep the range, and the result says so",
          "[equivalence]") {
  const auto estimator = test::estimator("formula:q=1+u", "sign:range=1");
  const Equivalence result = equivalence_of(*estimator, false);
  CHECK(result.in_class);
  CHECK(result.alpha.value() == Approx(1 / std::log(3)));  // mean of 1 / (1 + w / 2) over [-1, 1] is ln 3
  REQUIRE(result.reasons.size() == 2);
  CHECK(result.reasons[0] ==
        "one threshold: alpha is free; the value given is the harmonic mean of q over the range, and M does not keep "
        "+-range fixed");
  CHECK(result.reasons[1] == "the STE's gradients would have to be masked outside [-1.26186, 0.73814], not +-1");
  CHECK(equivalence_of(*test::estimator("formula:q=1+u", "uniform:bits=2,range=1"), false).in_class);
}

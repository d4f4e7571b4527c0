// SPDX-License-Identifier: MIT
#include "theory/equivalence.hpp"

#include <catch2/catch.hpp>

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

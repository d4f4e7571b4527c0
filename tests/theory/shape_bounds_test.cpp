// SPDX-License-Identifier: MIT
#include "theory/shape_bounds.hpp"

#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("proved bounds stand beside sampled ones", "[enclosure]") {
  const auto dsq = test::estimator("dsq:k=6.5", "uniform:bits=2,range=1");
  const ShapeBounds proved = shape_bounds(*dsq);
  CHECK((proved.lower.proved && proved.upper.proved && proved.lipschitz.proved && proved.enclosed));
  CHECK(proved.lower.value == Approx(0.113759).margin(1e-6));
  CHECK(proved.upper.value == Approx(2.224292).margin(1e-6));
  CHECK(proved.lipschitz.value == Approx(11.1297).margin(1e-4));
  CHECK(proved.lower.reached());
}

TEST_CASE("without a proof bounds are what is declared and sampled", "[enclosure]") {
  const ShapeBounds signs = shape_bounds(*test::estimator("ewgs:delta=0.2", "uniform:bits=2,range=1"));
  CHECK_FALSE((signs.lower.proved || signs.upper.proved || signs.lipschitz.proved || signs.enclosed));
  CHECK(signs.lower.value == Approx(0.9));
  CHECK_FALSE(signs.lower.reached());  // the mean over signs is 1
  const ShapeBounds sum = shape_bounds(*test::estimator("sigmoid-sum:finite=true", "uniform:bits=2,range=1"));
  CHECK(sum.lower.proved);
  CHECK_FALSE(sum.lipschitz.proved);  // the proof is too wide to count
  CHECK(sum.lipschitz.value == Approx(sum.lipschitz.found).epsilon(1e-4));
}

TEST_CASE("a pole is found by sampling", "[enclosure]") {
  const ShapeBounds power = shape_bounds(*test::estimator("power:o=3", "uniform:bits=2,range=1"));
  CHECK(power.lower.proved);
  CHECK(power.upper.value == kUnbounded);
  CHECK(power.upper.found > 1e6);
  CHECK(power.lipschitz.found > 1e6);
  CHECK_FALSE(power.jump);
}

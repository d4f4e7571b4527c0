// SPDX-License-Identifier: MIT
#include "theory/translation.hpp"

#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

Translation between(const char* from, const char* to, const Grid& grid) {
  return {parse_spec(from, ""), parse_spec(to, ""), grid};
}

}  // namespace

TEST_CASE("a translation to the STE is alpha and M, rounded to the precision of the weights", "[theory]") {
  const Grid grid = test::quantizer("uniform:bits=2,range=1")->grid();
  const auto dsq = test::estimator("dsq", grid);
  const Rescaling rescaling(*dsq);
  const Translation translation = between("dsq", "ste", grid);
  CHECK(translation.rate_factor() == rescaling.alpha());
  for (const double w : {-0.9, -0.1, 0.2, 0.77}) {
    CHECK(translation.map<double>(w) == rescaling.map(w));
    CHECK(translation.map<float>(w) == static_cast<double>(static_cast<float>(rescaling.map(w))));
  }
}

TEST_CASE("there and back again is the same weight, and between two estimators goes by way of the STE", "[theory]") {
  const Grid grid = test::quantizer("uniform:bits=2,range=0.4")->grid();
  const Translation there = between("dsq", "cosine", grid), back = between("cosine", "dsq", grid);
  CHECK(there.rate_factor() * back.rate_factor() == Approx(1).epsilon(1e-15));
  for (const double w : {-0.39, -0.1, 0.05, 0.3})
    CHECK(back.map<double>(there.map<double>(w)) == Approx(w).epsilon(1e-13));
}

TEST_CASE("where there is no usable alpha and M the obstacles are named", "[theory]") {
  CHECK(translation_obstacles<float>(*test::estimator("dsq", "uniform:bits=2")).empty());
  CHECK(translation_obstacles<float>(*test::estimator("ewgs", "uniform:bits=2")) ==
        std::vector<std::string>{"q depends on the gradient's sign"});
  CHECK(translation_obstacles<float>(*test::estimator("dsq:k=20", "sign")) ==
        std::vector<std::string>{"alpha is 1.36e-14, too small for weights in float"});
  CHECK(translation_obstacles<double>(*test::estimator("dsq:k=20", "sign")).empty());
  CHECK_THROWS_AS(between("ewgs", "ste", test::quantizer("sign")->grid()), DomainError);
}

// SPDX-License-Identifier: MIT
#include "theory/warnings.hpp"

#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;
using Catch::Matchers::Contains;

namespace {

std::vector<std::string> warnings(const char* spec, const char* grid) {
  return estimator_warnings(*test::estimator(spec, grid));
}

std::string only(const char* spec, const char* grid) {
  const std::vector<std::string> all = warnings(spec, grid);
  return all.size() == 1 ? all[0] : "";
}

}  // namespace

TEST_CASE("an estimator that is the STE but in name is warned of", "[theory]") {
  CHECK_THAT(only("dsq", "uniform:bits=8"), Contains("q varies by only 0.065 % over a bin"));  // e = 6.5 / 255: e^2
  CHECK_THAT(only("ewgs:unit=range", "uniform:bits=8"), Contains("q varies by only 0.078 % over a bin"));
  CHECK_THAT(only("cosine:a=0.004", "sign"), Contains("q varies by only 0.8 % over a bin"));
  CHECK_THAT(only("formula:q=3", "uniform:bits=2"), Contains("q is 3 everywhere: the estimator is the STE at 3 times"));
  for (const char* spec : {"ste", "cosine:a=0", "ewgs:delta=0", "cosine:a=0.006", "ewgs", "magnitude-aware", "power"})
    CHECK(warnings(spec, "uniform:bits=2").empty());
}

TEST_CASE("an estimator that hardly moves its weights is warned of", "[theory]") {
  CHECK_THAT(only("dsq", "sign"), Contains("alpha is 0.000764"));
  CHECK_THAT(only("sigmoid-sum:T=22", "uniform:bits=2"), Contains("alpha is 0.00"));
  CHECK(warnings("dsq", "uniform:bits=2").empty());
  CHECK(warnings("dsq:k=1000", "sign").empty());  // there is no alpha
}

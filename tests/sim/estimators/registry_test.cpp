// SPDX-License-Identifier: MIT
// What the registry says of every estimator.
#include <catch2/catch.hpp>

#include "tests/plugin_files.hpp"
#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("an estimator's SPEC survives parse, print, parse", "[estimators]") {
  for (const std::string& spec : test::estimator_specs()) {
    const Spec once = parse_spec(spec, "");
    const Spec twice = parse_spec(to_text(once), "");
    CHECK(twice.name == once.name);
    CHECK(twice.values == once.values);
  }
}

TEST_CASE("every estimator's file is in the registry", "[estimators]") {
  CHECK(test::plugin_files("sim/estimators", "EstimatorRegistry") == test::sorted(estimator_registry().names()));
}

TEST_CASE("every estimator documents itself", "[estimators]") {
  for (const auto& entry : estimator_registry().entries()) {
    INFO(entry.info.name);
    CHECK_FALSE(entry.info.summary.empty());
    CHECK_FALSE(entry.info.formula.empty());
    CHECK_FALSE(entry.info.citation.empty());
    for (const ParameterInfo& parameter : entry.info.parameters) CHECK_FALSE(parameter.meaning.empty());
  }
}

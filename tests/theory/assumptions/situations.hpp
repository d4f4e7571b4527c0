// SPDX-License-Identifier: MIT
// Situations from SPECs, for tests.
#pragma once

#include <catch2/catch.hpp>

#include "tests/recipes.hpp"
#include "theory/assumptions/assumption.hpp"

namespace steq::test {

struct SituationSpec {
  std::string estimator = "dsq:k=6.5";
  std::string grid = "uniform:bits=2,range=1";
  std::string optimizer = "sgd";
  std::optional<double> learning_rate = {};
  Measurements measured = {};
  std::optional<double> partner_reach = {};
};

inline std::vector<Finding> findings(const SituationSpec& spec) {
  const auto its_estimator = estimator(spec.estimator, spec.grid);
  const auto optimizer = optimizer_registry().make(parse_spec(spec.optimizer, "optimizer"), "optimizer");
  Situation situation(*its_estimator, *optimizer);
  situation.learning_rate = spec.learning_rate;
  situation.measured = spec.measured;
  situation.partner_reach = spec.partner_reach;
  return assess(situation);
}

inline Finding finding(const std::string& name, const SituationSpec& spec) {
  for (const Finding& finding : findings(spec))
    if (finding.name == name) return finding;
  FAIL("no assumption " << name);
  return {};
}

/// What holds: nothing where it is not known.
inline std::optional<bool> holds(const std::string& name, const SituationSpec& spec) {
  return finding(name, spec).holds;
}

}  // namespace steq::test
